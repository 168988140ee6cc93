"""What a study form sends: read with a limit, and only from this site."""

from __future__ import annotations

import secrets
from urllib.parse import parse_qs, quote, unquote, urlsplit

from fastapi import Request
from fastapi.responses import Response

from corpus.errors import CrlmError
from ui.study.learner import BadName, clean_name
from ui.web.i18n import TEXTS

NAME_COOKIE = "study_name"
FORM_COOKIE = "study_form"
FORM_FIELD = "form"
LARGEST = 64 * 1024
"""Bytes of a form that are read."""
YEAR = 365 * 24 * 3600

Form = dict[str, list[str]]


class Refused(CrlmError):
    """Input that is not taken, with the status to answer with."""

    def __init__(self, key: str, status: int = 400, **values: object) -> None:
        super().__init__(*(text.format(**values) for text in TEXTS[key]))
        self.status = status


async def read_form(request: Request) -> Form:
    """The fields of a posted form; Refused when it is too large or not from this site."""
    body = bytearray()
    async for part in request.stream():
        body.extend(part)
        if len(body) > LARGEST:
            raise Refused("study_too_long", 413, most=LARGEST)
    try:
        form = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=500)
    except ValueError as error:
        raise Refused("study_bad_choice") from error
    _from_here(request, form)
    return form


def _from_here(request: Request, form: Form) -> None:
    """The browser's word for it where it gives one, and in any case a token that only this site could read."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise Refused("study_foreign", 403)
    origin = request.headers.get("origin", "null")
    if origin != "null" and urlsplit(origin).netloc not in _hosts(request):
        raise Refused("study_foreign", 403)
    kept, sent = request.cookies.get(FORM_COOKIE, ""), one(form, FORM_FIELD)
    if not kept or not secrets.compare_digest(kept.encode(), sent.encode()):
        raise Refused("study_foreign", 403)


def _hosts(request: Request) -> set[str]:
    """Names this site goes by: its own, and what a proxy before it says."""
    told = (request.headers.get("host", ""), request.headers.get("x-forwarded-host", ""))
    return {name.strip() for names in told for name in names.split(",")}


def one(form: Form, name: str) -> str:
    """The last value of a field; empty when there is none."""
    return form.get(name, [""])[-1]


def name_of(request: Request) -> str | None:
    """The learner's name, when the cookie holds a good one."""
    try:
        return clean_name(unquote(request.cookies.get(NAME_COOKIE, "")))
    except BadName:
        return None


def token_of(request: Request) -> str:
    """The form token of this browser, a new one where it has none."""
    kept = request.cookies.get(FORM_COOKIE, "")
    return kept if 20 <= len(kept) <= 64 and kept.isascii() else secrets.token_urlsafe(24)


def keep(request: Request, response: Response, cookie: str, value: str) -> None:
    """Set a cookie that only this site's own pages send back, and no script reads."""
    response.set_cookie(
        cookie, quote(value), max_age=YEAR, samesite="strict", httponly=True,
        secure=request.url.scheme == "https",
    )  # fmt: skip
