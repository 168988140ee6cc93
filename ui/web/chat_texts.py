"""Labels of the chat's viewer, patient panel, cards and small tools (``chat.``), Chinese and English."""

from __future__ import annotations

from ui.web import i18n

TEXTS: dict[str, tuple[str, str]] = {
    "chat.viewer": ("原文查看", "Source viewer"),
    "chat.close": ("关闭原文", "Close the source"),
    "chat.new_tab": ("在新标签页打开", "Open in a new tab"),
    "chat.opening": ("正在打开原文…", "Opening the document…"),
    "chat.unopened": ("这里无法显示原文。", "The document cannot be shown here."),
    "chat.in_document": ("在原文中查看", "In the document"),
    "chat.chip": ("来源 {marker}：{title}", "Source {marker}: {title}"),
    "chat.offline": (
        "与服务器的连接已中断。您输入的内容会保留，正在重新连接…",
        "The server cannot be reached. What you typed is kept; reconnecting…",
    ),
    "chat.online": ("已重新连接。", "Connected again."),
    "chat.restarted": (
        "服务器已重新启动，之前的对话仍可阅读，但不能继续追问。",
        "The server has restarted. The chat above can still be read, but not continued.",
    ),
    "chat.afresh": ("开始新对话（保留已输入的问题）", "Start a new chat (keeps what you typed)"),
    "chat.answered": ("已回答：", "Answered: "),
    "chat.understood": ("理解为：", "Understood as: "),
    "chat.edit": ("修改", "Edit"),
    "chat.edit_long": ("把这个问题放入输入框修改", "Put this question into the question box to edit it"),
    "chat.more": ("更多内容", "More"),
    "chat.source": ("原文段落", "Whole passages"),
    "chat.other_zh": ("中文回答", "In Chinese"),
    "chat.other_en": ("英文回答", "In English"),
    "chat.year_unknown": ("年份不详", "year not stated"),
    "chat.erratum": ("勘误", "Erratum"),
    "chat.printed": ("原文印作", "Printed"),
    "chat.right": ("应为", "Should read"),
    "chat.empty_cell": ("（空白）", "(empty)"),
    "chat.change": ("更改数值", "Change the values"),
    "chat.change_missing": ("补充或更改数值", "Fill in or change the values"),
    "chat.recalculate": ("重新计算", "Recalculate"),
    "chat.working": ("正在计算…", "Calculating…"),
    "chat.by_hand": (
        "数值已手动更改；上方文字仍是按原来的数值写的。",
        "Values were changed by hand; the text above still stands for the original ones.",
    ),
    "chat.reset": ("恢复原来的数值", "Back to the original values"),
    "chat.list_hint": ("用逗号分隔，例如 2.5, 3.0", "separated by commas, e.g. 2.5, 3.0"),
    "chat.date_hint": ("年-月-日，例如 2025-03-31", "year-month-day, e.g. 2025-03-31"),
    "patient": ("患者信息", "Patient"),
    "patient.none": ("对话中还没有读到患者信息", "nothing read from the chat yet"),
    "patient.count": ("{count} 项", "{count} facts"),
    "patient.one": ("1 项", "1 fact"),
    "patient.privacy": (
        "从对话中读出，用于下一个问题的计算。请勿填写姓名、住院号等可识别患者的信息。",
        "Read from the chat and used in the next calculation. Enter nothing that identifies the patient "
        "(no names, no record numbers).",
    ),
    "patient.said": ("原话：{said}", "said: {said}"),
    "patient.by_hand": ("手动设定", "set by hand"),
    "patient.add": ("添加一项", "Add a fact"),
    "patient.choose": ("选择…", "choose…"),
    "patient.forget": ("删除 {label}", "Forget {label}"),
    "patient.clear": ("全部清除", "Clear all"),
    "patient.changed": ("更改将用于下一个问题。", "Changes are used from the next question on."),
    "patient.redo": ("按新信息重新计算", "Recalculate with these facts"),
    "patient.to_card": (
        "这项计算不能自动重做：请在计算卡片里改数值，或重新提问。",
        "This calculation cannot be redone from here: change the values in its card, or ask again.",
    ),
}

i18n.TEXTS.update(TEXTS)
