"""Turns that ask nothing of the documents: greetings, thanks, "who are you", another language."""

from __future__ import annotations

import re
from typing import Literal

from corpus.model import Language

SmallTalk = Literal["greeting", "thanks", "help", "language"]

_END = r"[\s,，。.!！?？~～呀啊哦吧呢]*$"
_WORDS: dict[SmallTalk, str] = {
    "greeting": r"(?:您|你|大家)好|(?:早上|上午|下午|晚上)好|早|哈[喽啰罗]|嗨|在吗|在不在|有人吗|hi|hello|hey|good (?:morning|afternoon|evening)|hi there|hello there|hey there",
    "thanks": r"(?:多|非常)?(?:谢谢?|感谢)(?:你|您|啦|了)?|辛苦了?|再见|拜拜|好的?|明白了?|知道了|收到|(?:many )?thanks?(?: you)?(?: (?:so|very) much| a lot)?|thx|cheers|ok(?:ay)?|got it|bye|goodbye",
    "help": r"(?:你|您)(?:到底)?(?:是谁|叫什么(?:名字)?|是什么|能(?:做|干|回答|帮我做|帮我)?(?:些)?(?:什么|啥)(?:问题)?|会(?:做|干)?(?:些)?(?:什么|啥))|怎么(?:用|使用)(?:你|这个|这个工具)?|帮助|使用(?:说明|方法)"
    r"|(?:who|what) are you|what(?:'s| is) your name|what can (?:you do|i ask)(?: for me| you| here)?|how (?:do i|to|can i) use (?:this|you|it)|help(?: me)?",
    "language": r"(?:请|帮我)?(?:用|翻译?成|译成|换成)(?:德|法|日|韩|俄|西班牙|葡萄牙|意大利|阿拉伯)[语文](?:回答|说|再说一遍)?"
    r"|(?:please )?(?:translate (?:this|that|it) (?:in)?to|(?:say|answer|write) (?:(?:this|that|it) )?in|in) (?!english\b|chinese\b)(?:german|french|spanish|italian|portuguese|japanese|korean|russian|arabic|dutch|hindi|turkish)(?: please)?",
}
_COMPILED = {name: re.compile(f"^(?:{words}){_END}", re.IGNORECASE) for name, words in _WORDS.items()}
_REPLIES: dict[SmallTalk, tuple[str, str]] = {
    "greeting": (
        "您好。我只根据五份结直肠癌肝转移文献回答问题：给出原文句子、推荐等级和出处，也能做评分、剂量、残肝体积等计算。请直接提问。",
        "Hello. I answer questions from five documents on colorectal liver metastases, with the original sentence, its grade and source, and calculate scores, doses and liver remnants. Please ask your question.",
    ),
    "thanks": ("不客气。还可以继续提问。", "You are welcome. Please go on asking."),
    "help": (
        "我是结直肠癌肝转移（CRLM）指南助手，不是语言模型：每句话都是五份文献的原文，或由注明出处的规则计算得出。可以问推荐意见、剂量、适应证、研究结果，也可以给出病例数值让我计算（如CRS评分、残肝体积、分期）。文献没有的内容，我会直说。",
        "I am an assistant for guidelines on colorectal liver metastases (CRLM), not a language model: every sentence comes verbatim from five documents or from a rule that cites its source. Ask about recommendations, doses, indications and study results, or give the figures of a case for a calculation (CRS, liver remnant, staging …). What the documents do not say, I say so.",
    ),
    "language": ("我只用中文或英文回答。", "I answer in Chinese or English only."),
}


def small_talk(text: str) -> SmallTalk | None:
    """What kind of talk a turn is; None when it may be a question."""
    bare = text.strip()
    return next((name for name, pattern in _COMPILED.items() if pattern.search(bare)), None)


def reply(kind: SmallTalk, language: Language) -> str:
    """The fixed reply."""
    return _REPLIES[kind][0 if language == "zh" else 1]
