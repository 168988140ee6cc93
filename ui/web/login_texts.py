"""What the login page and its refusals say, in Chinese and in English."""

from __future__ import annotations

from corpus.model import Language

TEXTS: dict[str, tuple[str, str]] = {
    "title": ("登录", "Log in"),
    "app": ("结直肠癌肝转移文献助手", "CRLM literature assistant"),
    "name": ("用户名", "Name"),
    "password": ("密码", "Password"),
    "submit": ("登录", "Log in"),
    "logout": ("退出登录", "Log out"),
    "wrong": ("用户名或密码不对。", "Wrong name or password."),
    "wait": ("尝试次数过多，请{seconds}秒后再试。", "Too many attempts. Try again in {seconds} seconds."),
    "malformed": ("请求无效，请重新登录。", "Invalid request, please log in again."),
    "out": ("已退出登录。", "You are logged out."),
    "needed": ("需要登录", "Login required"),
}


def text(key: str, language: Language, **values: object) -> str:
    """The label ``key`` in ``language``."""
    label = TEXTS[key][0 if language == "zh" else 1]
    return label.format(**values) if values else label
