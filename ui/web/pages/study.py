"""``/study``: the pages of the study mode. Everything is a form and a page; a script only adds keys."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from corpus.errors import CrlmError
from corpus.model import Document
from ui.study import asking, flow
from ui.study.bank import LazyBank
from ui.study.learner import BadName, clean_name
from ui.study.model import KINDS, MAX_ANSWER
from ui.study.progress import progress
from ui.study.scheduling import RATINGS
from ui.web.i18n import lang_of, text
from ui.web.pages.page import language_of, page
from ui.web.pages.study_forms import (
    FORM_COOKIE,
    NAME_COOKIE,
    Form,
    Refused,
    keep,
    name_of,
    one,
    read_form,
    token_of,
)
from ui.web.pages.study_texts import duration
from ui.web.pages.study_view import (
    caveats,
    headline,
    option_views,
    publication,
    source_views,
    stem_parts,
)
from ui.web.session import Assistant

Step = Callable[[Request, Form], Response]
_DIGITS = frozenset("0123456789")


def study_router(assistant: Assistant) -> APIRouter:
    """The study pages. The items are made when the first page is opened, not at the start of the program."""
    return _Pages(_documents(assistant)).router()


def _documents(assistant: Assistant) -> Sequence[Document] | None:
    """The documents the assistant has already read."""
    found = getattr(assistant, "documents", None)
    if not isinstance(found, dict) or not all(isinstance(d, Document) for d in found.values()):
        return None
    return tuple(found.values())


def _home() -> Response:
    return RedirectResponse("../study", 303)


class _Pages:
    def __init__(self, documents: Sequence[Document] | None) -> None:
        self.bank = LazyBank(documents)
        self._warm = threading.Event()

    def router(self) -> APIRouter:
        """Every address of the study mode."""
        router = APIRouter()
        for path, show in (
            ("/study", self.start), ("/study/question", self.question), ("/study/feedback", self.feedback),
            ("/study/summary", self.summary), ("/study/anki", self.anki),
        ):  # fmt: skip
            router.add_api_route(path, self._get(show), methods=["GET"], response_class=HTMLResponse)
        for name, step in (
            ("learner", self.enter), ("leave", self.leave), ("begin", self.begin), ("answer", self.answer),
            ("rate", self.rate), ("end", self.end), ("delete", self.delete),
        ):  # fmt: skip
            router.add_api_route(f"/study/{name}", self._post(step), methods=["POST"])
            router.add_api_route(f"/study/{name}", _home, methods=["GET"])  # after a change of language
        return router

    def _get(self, show: Callable[[Request], Response]) -> Callable[[Request], Response]:
        def serve(request: Request) -> Response:
            try:
                return show(request)
            except CrlmError as error:
                return self._problem(request, error)

        return serve

    def _post(self, step: Step) -> Callable[[Request], Any]:
        async def serve(request: Request) -> Response:
            try:
                form = await read_form(request)
                return await run_in_threadpool(step, request, form)
            except CrlmError as error:
                return self._problem(request, error)

        return serve

    def _problem(self, request: Request, error: CrlmError) -> Response:
        """What went wrong, in the reader's language."""
        refused = 400 if isinstance(error, BadName) else 503
        status = error.status if isinstance(error, Refused) else refused
        message = error.message(language_of(request))
        return self._page("study_message.html", request, status=status, message=message, done=False)

    def _page(self, template: str, request: Request, *, status: int = 200, **values: Any) -> HTMLResponse:
        up = "./" if request.url.path.rstrip("/").endswith("/study") else "../"
        token = token_of(request)
        response = page(
            template,
            request,
            up=up,
            status=status,
            token=token,
            study=f"{up}study",
            lang_of=lang_of,
            **values,
        )
        if request.cookies.get(FORM_COOKIE) != token:
            keep(request, response, FORM_COOKIE, token)
        response.headers["cache-control"] = "no-store"
        return response

    def _study(self, request: Request) -> flow.Study:
        name = name_of(request)
        if name is None:
            raise Refused("study_no_learner", 403)
        return flow.Study(name, self.bank())

    # pages

    def start(self, request: Request) -> Response:
        if name_of(request) is None:
            if not self._warm.is_set():
                self._warm.set()
                threading.Thread(target=self.bank, daemon=True).start()
            return self._page("study_start.html", request, name=None)
        language = language_of(request)
        study = self._study(request)
        chosen = study.last_settings() or flow.Settings(language=language)
        cards, reviews = study.cards(), study.reviews()
        rows = progress(study.bank, chosen.language, cards, reviews, study.clock())
        return self._page(
            "study_start.html", request, name=study.name, chosen=chosen, kinds=KINDS, rows=rows,
            chapters=self._chapters(language), most_new=flow.MOST_NEW,
            open_session=study.session() is not None if study.store.exists else False,
            has_record=study.store.exists,
        )  # fmt: skip

    def _chapters(self, language: Any) -> dict[str, list[Any]]:
        """Parts that have items in either language, by document."""
        bank = self.bank()
        keys = dict.fromkeys(c.key for spoken in ("zh", "en") for c in bank.chapters(spoken))
        grouped: dict[str, list[Any]] = {}
        for key in keys:
            chapter = bank.chapter(key, language)
            grouped.setdefault(chapter.document or chapter.heading, []).append(chapter)
        return grouped

    def question(self, request: Request) -> Response:
        study = self._study(request)
        session = study.session() if study.store.exists else None
        if session is None:
            return RedirectResponse("../study", 303)
        question = study.question()
        if question is None:
            due = study.next_due(session.settings)
            wait = duration(due - study.clock(), language_of(request)) if due else ""
            return self._page("study_done.html", request, wait=wait)
        if question.response is not None:
            return RedirectResponse(f"feedback?token={question.token}", 303)
        return self._question(request, study, session, question)

    def _question(
        self, request: Request, study: flow.Study, session: flow.Session, question: flow.Question, problem: str = ""
    ) -> Response:  # fmt: skip
        item, cards, at = question.asked.item, study.cards(), study.clock()
        wanted = {i.id for i in study.items(session.settings)}
        return self._page(
            "study_question.html", request, status=400 if problem else 200, question=question, item=item,
            stem=stem_parts(item.stem), options=option_views(question.asked, None), most=MAX_ANSWER, problem=problem,
            done=len(study.reviews(session.id)), new=study.new_left(session.settings),
            due=sum(card.due <= at for name, card in cards.items() if name in wanted),
        )  # fmt: skip

    def feedback(self, request: Request) -> Response:
        study = self._study(request)
        question = study.find(request.query_params.get("token", "")[:64]) if study.store.exists else None
        if question is None:
            raise Refused("study_gone", 404)
        if question.response is None:
            return RedirectResponse("question", 303)
        language, verdict, item = language_of(request), question.verdict, question.asked.item
        waits = {name: duration(span, language) for name, span in question.intervals(study.clock()).items()}
        key, figures = headline(question.asked, verdict)
        return self._page(
            "study_feedback.html", request, question=question, item=item, verdict=verdict, waits=waits,
            headline=text(key, language, **figures), stem=stem_parts(item.stem),
            options=option_views(question.asked, question.response), publication=publication(question.asked),
            sources=source_views(question.asked, study.bank, language, "../"), caveats=caveats(question.asked),
            points=list(zip(item.points, verdict.met or (False,) * len(item.points), strict=True)),
            suggested="good" if verdict.correct else "again",
        )  # fmt: skip

    def summary(self, request: Request) -> Response:
        study = self._study(request)
        reviews = study.reviews(request.query_params.get("session", "")[:64])
        kinds: dict[str, list[bool]] = {}
        missed = {}
        for review in reviews:
            item = study.bank.get(review.item)
            if item is not None:
                kinds.setdefault(item.kind, []).append(review.correct)
                if not review.correct:
                    missed[item.id] = (
                        item,
                        source_views(
                            asking.ask(item, 0, study.bank.documents), study.bank, language_of(request), "../"
                        ),
                    )
        right = sum(review.correct for review in reviews)
        return self._page(
            "study_summary.html", request, all=len(reviews), right=right, missed=list(missed.values()),
            percent=round(100 * right / len(reviews)) if reviews else 0,
            kinds={kind: (len(found), sum(found)) for kind, found in kinds.items()},
        )  # fmt: skip

    def anki(self, request: Request) -> Response:
        language = request.query_params.get("language", "")
        if language not in ("zh", "en"):
            raise Refused("study_bad_choice")
        from ui.study.anki import package_bytes

        content = package_bytes(self.bank(), language)  # type: ignore[arg-type]
        name = f"crlm-{language}.apkg"
        headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"}
        return Response(content, media_type="application/octet-stream", headers=headers)

    # steps

    def enter(self, request: Request, form: Form) -> Response:
        response = RedirectResponse("../study", 303)
        keep(request, response, NAME_COOKIE, clean_name(one(form, "name")))
        return response

    def leave(self, request: Request, form: Form) -> Response:
        response = RedirectResponse("../study", 303)
        response.delete_cookie(NAME_COOKIE)
        return response

    def begin(self, request: Request, form: Form) -> Response:
        study = self._study(request)
        settings = self._settings(form)
        if not study.items(settings):
            raise Refused("study_no_items")
        study.begin(settings)
        return RedirectResponse("question", 303)

    def _settings(self, form: Form) -> flow.Settings:
        language, new = one(form, "language"), one(form, "new")
        kinds, chapters = set(form.get("kind", ())), set(form.get("chapter", ()))
        known = {item.chapter for item in self.bank().items}
        if not new or len(new) > 4 or not set(new) <= _DIGITS or int(new) > flow.MOST_NEW:
            raise Refused("study_bad_number", most=flow.MOST_NEW)
        if language not in ("zh", "en") or not kinds <= set(KINDS) or not chapters <= known:
            raise Refused("study_bad_choice")
        return flow.Settings(
            language,  # type: ignore[arg-type]
            tuple(kind for kind in KINDS if kind in kinds), tuple(sorted(chapters)), int(new),
        )  # fmt: skip

    def answer(self, request: Request, form: Form) -> Response:
        study = self._study(request)
        token, typed = one(form, "token")[:64], one(form, "text")
        if len(typed) > MAX_ANSWER:
            raise Refused("study_too_long", 413, most=MAX_ANSWER)
        question = study.find(token) if study.store.exists else None
        if question is None:
            raise Refused("study_gone", 404)
        response = asking.Response(tuple(form.get("option", ())), typed)
        if one(form, "unknown"):
            response = asking.Response()
        elif not set(response.chosen) <= {option.key for option in question.asked.options}:
            raise Refused("study_bad_choice")
        elif response.empty and question.response is None:
            session = study.session()
            if session is not None and session.id == question.session:
                problem = text("study_empty_answer", language_of(request))
                return self._question(request, study, session, question, problem)
        study.answer(token, response)
        return RedirectResponse(f"feedback?token={question.token}", 303)

    def rate(self, request: Request, form: Form) -> Response:
        study = self._study(request)
        token, rating = one(form, "token")[:64], one(form, "rating")
        if rating not in RATINGS:
            raise Refused("study_bad_choice")
        question = study.find(token) if study.store.exists else None
        if question is None:
            raise Refused("study_gone", 404)
        points = question.asked.item.points
        own = None
        if points:
            own = {str(number) for number in range(len(points))} <= set(form.get("point", ()))
        elif one(form, "accept"):
            own = True
        study.rate(token, rating, own)
        return RedirectResponse("question", 303)

    def end(self, request: Request, form: Form) -> Response:
        study = self._study(request)
        session = study.end() if study.store.exists else None
        return RedirectResponse(f"summary?session={session}" if session else "../study", 303)

    def delete(self, request: Request, form: Form) -> Response:
        if one(form, "sure") != "yes":
            raise Refused("study_delete_unsure")
        study = self._study(request)
        study.forget()
        message = text("study_deleted", language_of(request))
        response = self._page("study_message.html", request, message=message, done=True)
        response.delete_cookie(NAME_COOKIE)
        return response
