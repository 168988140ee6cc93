"""The page: chat on the left, sources beside it. ``build_app`` for tests, ``serve`` for people."""

from __future__ import annotations

import contextlib
import logging
import threading
from typing import Any

import gradio as gr

from assistant.answer import Answer
from corpus.errors import CrlmError
from corpus.model import DocumentInfo, Language
from ui.feedback import Store
from ui.users import Users
from ui.web import chat_texts, patient, recalculation, render, sources  # noqa: F401  (its labels)
from ui.web.api import add_api
from ui.web.forms import add_forms
from ui.web.i18n import preferred_language, text
from ui.web.logins import Logins
from ui.web.pages import feedback, routers
from ui.web.server import ASSETS, Server
from ui.web.session import Assistant, Session

log = logging.getLogger(__name__)

SCRIPTS = ("chat.js", "keeping.js", "viewer.js", "fields.js", "connection.js", "feedback.js", "expired.js")
IDLE_SECONDS = 4 * 3600
"""A session nobody has used for so long is forgotten."""


def build_app(assistant: Assistant, rated: bool = False) -> gr.Blocks:
    """The Gradio page over ``assistant``; ``rated`` asks readers what they think of each answer.

    Serve it with ``ui.web.server.Server``.
    """
    turnstile = threading.Lock()

    with gr.Blocks(title="CRLM", analytics_enabled=False, fill_width=True) as app:
        gr.Navbar(visible=False)
        state = gr.State(Session(feedback=rated), time_to_live=IDLE_SECONDS)
        with gr.Row(elem_id="top"):
            header = gr.HTML(render.header("zh"), elem_id="header", apply_default_css=False)
            language = gr.Radio(
                [("中文", "zh"), ("English", "en")],
                value="zh",
                label=text("language", "zh"),
                elem_id="language",
                interactive=True,
            )
            clear = gr.Button(text("clear", "zh"), size="sm", elem_id="clear")
        notice = gr.HTML(render.notice("zh"), elem_id="notice", apply_default_css=False)
        with gr.Row(elem_id="panes"):
            with gr.Column(elem_id="chat"):
                log_view = gr.HTML(
                    render.transcript(Session()),
                    elem_id="transcript",
                    apply_default_css=False,
                    js_on_load="\n".join((ASSETS / name).read_text(encoding="utf-8") for name in SCRIPTS),
                )
                with gr.Row(elem_id="composer"):
                    box = gr.Textbox(
                        label=text("question", "zh"),
                        placeholder=text("placeholder", "zh"),
                        lines=1,
                        max_lines=6,
                        show_label=False,
                        container=False,
                        autofocus=True,
                        elem_id="question",
                        html_attributes=gr.InputHTMLAttributes(autocorrect="off", spellcheck=False),
                    )
                    send = gr.Button(text("send", "zh"), variant="primary", elem_id="send")
                hint = gr.HTML(render.hint("zh"), elem_id="hint", apply_default_css=False)
            with gr.Column(elem_id="side"):
                facts = gr.HTML(
                    patient.patient_panel(Session(), assistant), elem_id="patient", apply_default_css=False
                )
                empty = sources.panel(Session(), assistant)
                panel = gr.HTML(empty, elem_id="sources", apply_default_css=False)

        def take(event: gr.EventData, typed: str, session: Session) -> tuple[Any, ...]:
            """Show the question at once; ``answer`` follows."""
            clicked = _sent(event, "question")
            question = (typed if clicked is None else str(clicked)).strip()
            refused = "empty" if not question else "busy" if session.waiting() else ""
            if refused:
                return gr.skip(), gr.skip(), render.hint(session.language, refused), session
            session.begin(question)
            emptied = "" if clicked is None else gr.skip()
            return render.transcript(session), emptied, render.hint(session.language), session

        def answer(session: Session) -> tuple[Any, ...]:
            """Ask the assistant; whatever it raises becomes a message in the chat."""
            exchange = session.waiting()
            if exchange is None or exchange.started:
                return gr.skip(), gr.skip(), gr.skip(), session
            exchange.started = True
            conversation = exchange.asked = session.conversation()
            try:
                with turnstile:
                    given = assistant.ask(conversation)
                    exchange.infos = _documents(given, assistant)
                session.finish(exchange, given)
            except CrlmError as error:
                exchange.failed, exchange.message = True, error.message(session.language)
            except Exception:
                log.exception("The assistant failed")  # never logs the question itself
                exchange.failed = True
            return *views(session), session

        def views(session: Session) -> tuple[str, str, str]:
            """What an answer, or its going, changes."""
            return (
                render.transcript(session),
                sources.panel(session, assistant),
                patient.patient_panel(session, assistant),
            )

        def edit(event: gr.EventData, session: Session) -> tuple[str, Session]:
            """Change what is known about the patient."""
            sent = _sent(event, "patient")
            patient.change(session, assistant, sent if isinstance(sent, dict) else {})
            return patient.patient_panel(session, assistant), session

        def recalculate(event: gr.EventData, session: Session) -> tuple[Any, ...]:
            """Repeat a calculation with the values of its card."""
            sent = _sent(event, "values")
            if not isinstance(sent, dict) or not recalculation.recalculate(session, assistant, sent):
                return gr.skip(), gr.skip(), session
            return render.transcript(session), sources.panel(session, assistant), session

        def show(event: gr.EventData, session: Session) -> tuple[str, Session]:
            """Show the sources of an earlier answer."""
            turn = _sent(event, "turn")
            if isinstance(turn, int) and session.exchange(turn) is not None:
                session.shown = turn
            return sources.panel(session, assistant), session

        def labels(session: Session) -> tuple[Any, ...]:
            """Everything that is worded in the interface language."""
            spoken = session.language
            return (
                render.header(spoken, True, session.user),
                gr.update(value=spoken, label=text("language", spoken)),
                gr.update(value=text("clear", spoken)),
                render.notice(spoken),
                render.transcript(session),
                gr.update(label=text("question", spoken), placeholder=text("placeholder", spoken)),
                gr.update(value=text("send", spoken)),
                render.hint(spoken),
                sources.panel(session, assistant),
                patient.patient_panel(session, assistant),
                session,
            )

        def switch(chosen: Language, session: Session) -> tuple[Any, ...]:
            session.language = "en" if chosen == "en" else "zh"
            return labels(session)

        def greet(session: Session, request: gr.Request) -> tuple[Any, ...]:
            """Start in the browser's language; a reader who was quicker keeps what the page shows."""
            session.user = request.headers.get("x-crlm-user", "")
            preferred = preferred_language(request.headers.get("accept-language", ""))
            if preferred == session.language or session.turns:
                skipped = [gr.skip()] * (len(labelled) - 2)
                return render.header(session.language, True, session.user), *skipped, session
            session.language = preferred
            return labels(session)

        def forget(session: Session) -> tuple[Any, ...]:
            session.clear()
            return *views(session), "", render.hint(session.language), session

        labelled = [header, language, clear, notice, log_view, box, send, hint, panel, facts, state]
        # Nothing goes through Gradio's queue: its page can miss the reply to an event that joins while
        # the stream of the one before is closing. A plain request and its reply cannot get lost so.
        plain: dict[str, Any] = {"queue": False, "show_progress": "hidden", "api_visibility": "private"}
        gr.on(
            [box.submit, send.click, log_view.example_select],
            take,
            inputs=[box, state],
            outputs=[log_view, box, hint, state],
            **plain,
        ).then(answer, inputs=[state], outputs=[log_view, panel, facts, state], **plain)
        log_view.select(show, inputs=[state], outputs=[panel, state], **plain)
        log_view.input(edit, inputs=[state], outputs=[facts, state], trigger_mode="multiple", **plain)
        log_view.submit(recalculate, inputs=[state], outputs=[log_view, panel, state], **plain)
        language.input(switch, inputs=[language, state], outputs=labelled, **plain)
        clear.click(forget, inputs=[state], outputs=[log_view, panel, facts, box, hint, state], **plain)
        add_api(assistant)
        app.load(greet, inputs=[state], outputs=labelled, **plain)
    add_forms(app, assistant)
    return app


def _sent(event: gr.EventData, name: str) -> Any:
    """What the page's script sent along with an event; None for a plain submit or click."""
    data = event._data
    return data.get(name) if isinstance(data, dict) else None


def _documents(answer: Answer, assistant: Assistant) -> dict[str, DocumentInfo]:
    """The documents an answer cites, as far as they are known."""
    found = {}
    for document_id in {citation.document_id for citation in answer.citations}:
        with contextlib.suppress(LookupError, ValueError):
            found[document_id] = assistant.document(document_id)
    return found


def serve(
    assistant: Assistant,
    host: str = "127.0.0.1",
    port: int = 7860,
    open_browser: bool = False,
    *,
    store: Store | None = None,
    users: Users | None = None,
    root_path: str = "",
) -> None:
    """Serve the page until interrupted. ``store`` switches feedback on, ``users`` the login."""
    pages = routers(assistant) + ([feedback.router(store)] if store else [])
    app = build_app(assistant, rated=store is not None)
    logins = Logins(users) if users else None
    Server(app, host, port, pages, logins, root_path).run(open_browser=open_browser)
