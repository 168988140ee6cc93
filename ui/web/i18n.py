"""Every label of the web page in Chinese and in English."""

from __future__ import annotations

from corpus.model import DocumentKind, Language

TEXTS: dict[str, tuple[str, str]] = {
    "title": ("结直肠癌肝转移文献助手", "CRLM literature assistant"),
    "subtitle": (
        "逐句引自五份文献，每句可核对原文",
        "Answers quoted sentence by sentence from five documents",
    ),
    "calculators": ("计算器", "Calculators"),
    "library": ("资料库", "Library"),
    "study": ("学习", "Study"),
    "pages": ("页面", "Pages"),
    "skip": ("跳到正文", "Skip to the content"),
    "notice": (
        "供医疗专业人员使用，不能替代临床判断。回答只来自五份文献，不含其他知识。"
        "请勿输入姓名、住院号等可识别患者的信息。",
        "For healthcare professionals; no substitute for clinical judgement. Answers come from the five "
        "documents only. Do not enter anything that identifies a patient (names, record numbers).",
    ),
    "notice_label": ("使用须知", "Notice"),
    "language": ("界面语言", "Language"),
    "clear": ("新对话", "New chat"),
    "chat": ("对话", "Chat"),
    "question": ("您的问题", "Your question"),
    "placeholder": (
        "输入问题，例如：转化治疗几个周期合适？",
        "Ask a question, e.g. How many cycles of conversion therapy?",
    ),
    "keys": ("Enter 发送 · Shift+Enter 换行", "Enter sends · Shift+Enter starts a new line"),
    "send": ("发送", "Send"),
    "empty": ("请先输入一个问题。", "Please type a question first."),
    "busy": ("上一个问题还在处理中，请稍候。", "The previous question is still being worked on."),
    "welcome": ("想查什么？", "What would you like to look up?"),
    "welcome_text": (
        "中文或英文提问均可，可以追问，也可以直接写病例要点来算评分。点击示例即可提问：",
        "Ask in Chinese or English, follow up, or give the facts of a case to have a score worked out. "
        "Click an example to ask it:",
    ),
    "loading": ("正在五份文献中查找…", "Looking in the five documents…"),
    "you": ("您", "You"),
    "assistant": ("助手", "Assistant"),
    "status_answered": ("", ""),
    "status_needs_input": ("还需要一项信息", "One more detail needed"),
    "status_not_found": ("文献中没有答案", "Not in the documents"),
    "status_rejected": ("无法回答", "Cannot be answered"),
    "notes": ("注意", "Please note"),
    "disagreements": ("来源不一致", "The sources differ"),
    "suggestions": ("接着可以问", "You could ask next"),
    "copy": ("复制回答", "Copy answer"),
    "copied": ("已复制", "Copied"),
    "sources": ("来源", "Sources"),
    "show_sources": ("查看来源（{count}）", "Show sources ({count})"),
    "sources_of": ("问题：", "Question: "),
    "sources_empty": (
        "回答中的编号 [1]、[2] 对应这里的原文，所引句子会高亮显示。",
        "The numbers [1], [2] in an answer lead to the passages shown here, with the quoted sentence marked.",
    ),
    "sources_none": ("这个回答没有引用原文。", "This answer quotes no source."),
    "source": ("来源 {marker}", "Source {marker}"),
    "section": ("章节", "Section"),
    "location": ("原文位置：{file}，第 {start}–{end} 字符", "Position: {file}, characters {start}–{end}"),
    "back": ("回到回答", "Back to the answer"),
    "translation_official": ("译文（原刊双语）", "Translation (as published)"),
    "translation_unofficial": ("非官方译文", "Unofficial translation"),
    "references": ("该句引用的文献（{count}）", "Literature cited in this sentence ({count})"),
    "passages": ("检索到的相关段落（{count}）", "Other passages found ({count})"),
    "row_read": ("按表头读作：", "Read with its header: "),
    "whole": ("所在段落：", "Its passage: "),
    "values": ("全部数值", "All values"),
    "document_note": ("关于此文献", "About this document"),
    "grade": ("{level} · {recommendation}级推荐", "{level} · grade {recommendation}"),
    "grade_long": (
        "证据等级 {level}，{recommendation} 级推荐",
        "level of evidence {level}, grade {recommendation} recommendation",
    ),
    "calculation": ("计算", "Calculation"),
    "calculation_ok": ("已完成", "complete"),
    "calculation_incomplete": ("信息不全", "incomplete"),
    "calculation_ambiguous": ("原文在此处重叠或未覆盖", "the source overlaps or leaves a gap"),
    "calculation_no_parameter": ("原文没有给出参数", "no setting in the sources"),
    "calculation_rejected": ("输入无效", "invalid input"),
    "item": ("项目", "Item"),
    "value": ("输入", "Value"),
    "points": ("得分", "Points"),
    "result": ("结果", "Result"),
    "interpretation": ("解释", "Meaning"),
    "missing": ("缺少", "Missing"),
    "assumptions": ("假设", "Assumptions"),
    "sensitivity": ("临界值", "Near a boundary"),
    "reason": ("原因", "Reason"),
    "yes": ("是", "yes"),
    "no": ("否", "no"),
    "unknown": ("未知", "unknown"),
    "error": (
        "抱歉，处理这个问题时出了错。对话没有丢失，可以重试或换个问法。",
        "Sorry, something went wrong with this question. The chat is kept: try again or rephrase.",
    ),
    "retry": ("重试", "Try again"),
    "earlier": ("更早的对话已不再显示。", "Earlier messages are no longer shown."),
    "ready": ("网页已就绪：{url}（按 Ctrl+C 停止）", "The page is ready: {url} (Ctrl+C stops it)"),
    "port_taken": (
        "无法在 {host}:{port} 上启动：{reason}。请换一个端口（--port）。",
        "Cannot listen on {host}:{port}: {reason}. Choose another port (--port).",
    ),
}

KINDS: dict[DocumentKind, tuple[str, str]] = {
    DocumentKind.GUIDELINE: ("指南", "guideline"),
    DocumentKind.REVIEW: ("综述", "review"),
    DocumentKind.COHORT_STUDY: ("队列研究", "cohort study"),
}

EXAMPLES: tuple[tuple[str, str], ...] = (
    ("肝转移手术禁忌证有哪些？", "What are the contraindications to resection of liver metastases?"),
    ("转化治疗几个周期合适？", "How many cycles of conversion therapy are appropriate?"),
    (
        "同时性，4个灶，最大3cm，CEA 12，CRS几分？",
        "Synchronous, 4 lesions, largest 3 cm, CEA 12 ng/mL: what is the CRS?",
    ),
    ("贝伐珠单抗停药多久可以手术？", "How long before surgery should bevacizumab be stopped?"),
    ("影像学上消失的肝转移灶还要切吗？", "Should disappearing liver metastases still be resected?"),
    ("肝转移灶术前要穿刺活检吗？", "Biopsy the liver lesion before surgery?"),
)


def text(key: str, language: Language, **values: object) -> str:
    """The label ``key`` in ``language``, with its placeholders filled in."""
    label = TEXTS[key][0 if language == "zh" else 1]
    return label.format(**values) if values else label


def lang_of(language: Language) -> str:
    """For the ``lang`` attribute of a page or a part of it."""
    return "zh-CN" if language == "zh" else "en"


def preferred_language(accepted: str) -> Language:
    """``zh`` unless the browser's first language (``Accept-Language``) is another one."""
    first = accepted.split(",")[0].strip().lower()
    return "zh" if not first or first.startswith("zh") or first == "*" else "en"


def kind_name(kind: DocumentKind, language: Language) -> str:
    """How a kind of publication is called."""
    return KINDS[kind][0 if language == "zh" else 1]


def examples(language: Language) -> tuple[str, ...]:
    """Questions to start with."""
    return tuple(pair[0 if language == "zh" else 1] for pair in EXAMPLES)
