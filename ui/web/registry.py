"""Finds the session behind a link of the chat. Holds no session itself: one that ends is gone here too."""

from __future__ import annotations

import secrets
from weakref import WeakKeyDictionary, WeakValueDictionary

from ui.web.session import Session

_SESSIONS: WeakValueDictionary[str, Session] = WeakValueDictionary()
_TOKENS: WeakKeyDictionary[Session, str] = WeakKeyDictionary()


def token_of(session: Session) -> str:
    """The secret part of this session's links; made when first asked for, the same ever after."""
    token = _TOKENS.get(session)
    if token is None:
        token = secrets.token_urlsafe(24)
        _TOKENS[session] = token
        _SESSIONS[token] = session
    return token


def session_of(token: str) -> Session | None:
    """The session of a link; None for an unknown one or one that has ended."""
    return _SESSIONS.get(token)
