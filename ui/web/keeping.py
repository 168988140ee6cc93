"""Under each answer: its record; where feedback is switched on, what the reader thought of it."""

from __future__ import annotations

from html import escape
from urllib.parse import unquote

from corpus.model import Language
from ui.feedback.store import CATEGORIES, LONGEST_REASON
from ui.web import login_texts
from ui.web.registry import token_of
from ui.web.session import Exchange, Session

TEXTS: dict[str, tuple[str, str]] = {
    "record": ("打印记录", "Record"),
    "record_title": (
        "一页可打印的记录：问题、回答、引用与位置、版本",
        "A page to print: question, answer, citations and their places, versions",
    ),
    "export": ("导出整段对话（Markdown）", "Export this conversation (Markdown)"),
    "gone": ("找不到这个回答", "This answer is not here"),
    "gone_text": (
        "这段对话已结束或被清空。记录不保存在服务器上，只能在对话还开着时生成。",
        "The conversation has ended or was cleared. Records are not stored on the server: they are made "
        "while the conversation is open.",
    ),
    "to_chat": ("返回对话", "Back to the chat"),
    "rate": ("这个回答有帮助吗？", "Was this answer helpful?"),
    "up": ("有帮助", "Helpful"),
    "down": ("没帮助", "Not helpful"),
    "kinds": ("问题在哪里（可不选）", "What was wrong (optional)"),
    "reason": ("说明（可不填，最多{most}字）", "Reason (optional, at most {most} characters)"),
    "stored": (
        "评价连同问题和引用只保存在运行本程序的这台机器上。请勿填写姓名、住院号等可识别患者的信息。",
        "Stored with the question and its citations on the machine that runs this program, nowhere else. "
        "Write nothing that identifies a patient (names, record numbers).",
    ),
    "submit": ("提交评价", "Send feedback"),
    "thanks": ("谢谢，评价已保存在本机。", "Thank you, stored on this machine."),
    "unsent": ("评价没有保存，请重试。", "Not stored, please try again."),
    "bad_verdict": ("请选择“有帮助”或“没帮助”。", "Choose “helpful” or “not helpful”."),
    "bad_reason": ("说明不能超过{most}字。", "The reason is limited to {most} characters."),
    "bad_kind": ("未知的选项。", "Unknown option."),
    "twice": ("这个回答已经评价过了。", "This answer has already been rated."),
}

# Drawn, because a machine without a colour font shows an empty box for the emoji.
_THUMB = (
    '<svg viewBox="0 0 24 24" width="16" height="16" aria-hidden="true" fill="none" stroke="currentColor" '
    'stroke-width="2" stroke-linejoin="round"><path d="M3 11h4v10H3zM7 12l4-9c2 0 3 1 3 3v4h6c1 0 2 1 2 2l-2 8'
    'c0 1-1 1-2 1H7"/></svg>'
)


def text(key: str, language: Language, **values: object) -> str:
    """The label ``key`` in ``language``."""
    label = TEXTS[key][0 if language == "zh" else 1]
    return label.format(**values) if values else label


def logout_link(user: str, language: Language) -> str:
    """For the head of the chat; ``user`` is percent-encoded, empty where there is no login."""
    if not user:
        return ""
    label = (
        f"{login_texts.text('logout', language)}（{unquote(user)}）"
        if language == "zh"
        else (f"{login_texts.text('logout', language)} ({unquote(user)})")
    )
    return f' · <a class="logout" href="./logout">{escape(label)}</a>'


def record_link(session: Session, exchange: Exchange) -> str:
    """Opens the record of one answer."""
    language = session.language
    return (
        f'<a class="tool record" href="./record/{token_of(session)}/{exchange.turn}" target="_blank" '
        f'rel="noopener" title="{escape(text("record_title", language))}">{escape(text("record", language))}</a>'
    )


def export_link(session: Session) -> str:
    """Downloads the whole conversation, once there is something to download."""
    if not any(exchange.answer for exchange in session.exchanges):
        return ""
    label = escape(text("export", session.language))
    address = f"./record/{token_of(session)}/conversation.md"
    return f'<p class="export"><a class="tool" href="{address}" download>{label}</a></p>'


def feedback_form(session: Session, exchange: Exchange) -> str:
    """The thumbs under an answer; empty where feedback is off."""
    if not session.feedback or exchange.answer is None:
        return ""
    language = session.language
    if exchange.verdict:
        return f'<p class="thanks" role="status">{escape(text("thanks", language))}</p>'
    spoken = 0 if language == "zh" else 1
    kinds = "".join(
        f'<label><input type="checkbox" name="categories" value="{name}"> {escape(labels[spoken])}</label>'
        for name, labels in CATEGORIES.items()
    )
    thumbs = "".join(
        f'<button type="button" class="thumb" data-verdict="{verdict}" aria-pressed="false">'
        f"{_THUMB} {escape(text(verdict, language))}</button>"
        for verdict in ("up", "down")
    )
    reason = escape(text("reason", language, most=LONGEST_REASON))
    return (
        f'<form class="feedback" data-address="./feedback/{token_of(session)}/{exchange.turn}" '
        f'data-unsent="{escape(text("unsent", language))}">'
        f'<p class="ask-verdict">{escape(text("rate", language))} {thumbs}</p>'
        f'<div class="more" hidden><fieldset><legend>{escape(text("kinds", language))}</legend>{kinds}</fieldset>'
        f'<label class="reason">{reason}<textarea name="reason" rows="2" maxlength="{LONGEST_REASON}"></textarea>'
        f'</label><p class="stored">{escape(text("stored", language))}</p>'
        f'<button type="submit" class="submit">{escape(text("submit", language))}</button>'
        f'<p class="said" role="status"></p></div></form>'
    )
