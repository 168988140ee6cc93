"""Labels of the study pages in Chinese and in English; their keys begin with ``study_``."""

from __future__ import annotations

from datetime import timedelta

from corpus.model import Language
from ui.web import i18n

TEXTS: dict[str, tuple[str, str]] = {
    "study_title": ("学习", "Study"),
    "study_intro": (
        "题目全部出自五份文献；答完即显示原文。复习时间由间隔重复算法（FSRS）安排。",
        "Every question comes from the five documents; the source is shown after each answer. Reviews are spaced by FSRS.",
    ),
    "study_who": ("您的名字", "Your name"),
    "study_who_hint": (
        "记录按名字保存，没有密码：知道名字的人都能打开。请不要用能识别患者的名字。",
        "The record is kept under this name and has no password: whoever knows the name can open it.",
    ),
    "study_go_in": ("进入", "Continue"),
    "study_hello": ("学习者：{name}", "Learner: {name}"),
    "study_leave": ("换一个名字", "Use another name"),
    "study_resume": ("继续未完成的学习", "Resume the session"),
    "study_setup": ("新的学习", "New session"),
    "study_language": ("题目语言", "Language of the questions"),
    "study_kinds": ("题型", "Kinds of question"),
    "study_sections": ("章节", "Sections"),
    "study_all_when_none": ("都不选即为全部。", "None ticked means all."),
    "study_new_per_day": ("每天最多新题", "New questions a day, at most"),
    "study_start": ("开始学习", "Start"),
    "study_kind_reference": ("简答", "Short answer"),
    "study_kind_grade": ("推荐等级", "Grade of recommendation"),
    "study_kind_number": ("填数值", "Fill in the figure"),
    "study_kind_term": ("填名称", "Fill in the name"),
    "study_kind_list": ("多选", "Several right answers"),
    "study_kind_case": ("病例计算", "Work out a case"),
    "study_progress": ("进度", "Progress"),
    "study_section": ("章节", "Section"),
    "study_items": ("题数", "Items"),
    "study_begun": ("已学", "Begun"),
    "study_known": ("已掌握", "Known"),
    "study_due": ("待复习", "Due"),
    "study_right_share": ("答对率", "Right"),
    "study_bar": ("已掌握{known}%，学习中{begun}%", "{known} % known, {begun} % in progress"),
    "study_legend": (
        "绿色为已掌握（预计记住21天以上），黄色为学习中；数字见右侧各列。",
        "Green: known (expected to last 21 days or more); yellow: in progress. The columns beside give the numbers.",
    ),
    "study_total": ("合计", "All"),
    "study_export": ("导出到 Anki", "Export to Anki"),
    "study_export_text": (
        "下载 .apkg 文件；再次导入会更新已有卡片，不会重复。",
        "Downloads an .apkg file; importing it again updates the cards instead of doubling them.",
    ),
    "study_export_zh": ("下载中文题", "Chinese questions"),
    "study_export_en": ("下载英文题", "English questions"),
    "study_delete": ("删除我的数据", "Delete my data"),
    "study_delete_text": (
        "删除这个名字下的全部学习记录，无法恢复。",
        "Deletes the whole record kept under this name. This cannot be undone.",
    ),
    "study_delete_sure": ("我确定要删除", "I am sure"),
    "study_deleted": ("学习记录已全部删除。", "The record was deleted."),
    "study_delete_unsure": ("请先勾选“我确定要删除”。", "Please tick “I am sure” first."),
    "study_gap": ("空格", "gap"),
    "study_excerpt": ("原文", "From the source"),
    "study_excerpt_rendered": ("原文的非官方译文", "Unofficial translation of the source"),
    "study_your_answer": ("您的回答", "Your answer"),
    "study_your_number": ("您的结果（只填一个数）", "Your result (one number)"),
    "study_choose": ("请选择", "Choose"),
    "study_choose_several": ("可多选", "Several may be right"),
    "study_check": ("核对", "Check"),
    "study_unknown": ("不知道，看答案", "I don't know: show the answer"),
    "study_end": ("结束学习", "End the session"),
    "study_status": (
        "本次已答{done}题 · 待复习{due} · 今天还可学新题{new}",
        "{done} answered · {due} due · {new} new left today",
    ),
    "study_keys_choice": ("按数字键选择，回车核对", "Number keys choose, Enter checks"),
    "study_keys_text": ("回车核对，Shift+回车换行", "Enter checks, Shift+Enter starts a new line"),
    "study_keys_number": ("回车核对", "Enter checks"),
    "study_keys_rate": ("按 1–4 评分，回车选建议的一项", "Keys 1–4 rate, Enter takes the suggested one"),
    "study_empty_answer": ("请先作答，或点“不知道，看答案”。", "Please answer first, or ask for the answer."),
    "study_facts": ("已知", "Given"),
    "study_right": ("答对了", "Right"),
    "study_wrong": ("答错了", "Not right"),
    "study_partly": ("要点答出{met}/{all}", "{met} of {all} key points"),
    "study_right_answer": ("正确答案", "Right answer"),
    "study_points": ("要点（可自行改判）", "Key points (correct the marking where it is wrong)"),
    "study_point_or": (" 或 ", " or "),
    "study_accept": ("按答对计（自行改判）", "Count it as right (my own verdict)"),
    "study_option_right": ("正确", "right"),
    "study_option_wrong": ("不对", "wrong"),
    "study_option_chosen": ("您选了", "you chose it"),
    "study_option_missed": ("您没选", "you did not choose it"),
    "study_source": ("出处", "Source"),
    "study_open_source": ("在原文中查看", "Open in the source"),
    "study_passage": ("所在段落", "The whole passage"),
    "study_no_source": (
        "文献未给出此公式，出自：{where}",
        "The documents do not give this formula; it is from: {where}",
    ),
    "study_how": ("计算过程", "How it is worked out"),
    "study_meaning": ("解释", "Meaning"),
    "study_rate": ("记得怎样？", "How well did you know it?"),
    "study_again": ("忘了", "Again"),
    "study_hard": ("吃力", "Hard"),
    "study_good": ("记得", "Good"),
    "study_easy": ("轻松", "Easy"),
    "study_next_in": ("下次：{when}后", "next in {when}"),
    "study_suggested": ("建议", "suggested"),
    "study_already": ("这一题已经计入。", "This question has been counted already."),
    "study_next": ("下一题", "Next question"),
    "study_summary": ("本次小结", "Summary of the session"),
    "study_nothing_counted": ("这次还没有计入任何题目。", "No question was counted in this session."),
    "study_summary_line": (
        "共{all}题，答对{right}题（{percent}%）",
        "{all} questions, {right} right ({percent} %)",
    ),
    "study_kind": ("题型", "Kind"),
    "study_answers": ("答题", "Answers"),
    "study_to_review": ("值得再看的", "Worth another look"),
    "study_back": ("回到学习首页", "Back to the start of study"),
    "study_nothing_left": ("现在没有要学的了。", "Nothing is left for now."),
    "study_nothing_why": (
        "到期的都复习完了，今天的新题也学完了。",
        "Everything due is done, and so are today's new questions.",
    ),
    "study_next_due": ("下一题{when}后到期。", "The next one is due in {when}."),
    "study_problem": ("没有成功", "That did not work"),
    "study_no_items": (
        "所选的题型和章节里没有这种语言的题目。",
        "The chosen kinds and sections have no question in this language.",
    ),
    "study_bad_number": (
        "每天的新题数请填0到{most}之间的整数。",
        "New questions a day: a whole number from 0 to {most}, please.",
    ),
    "study_bad_choice": (
        "收到的选项无效，请从页面重新选择。",
        "That choice is not known; please choose on the page.",
    ),
    "study_too_long": ("内容太长（最多{most}个字符）。", "That is too long (at most {most} characters)."),
    "study_foreign": (
        "这个请求不是从本页面发出的，或页面已过期，因此没有执行。请回到学习首页重试。",
        "This request did not come from this page, or the page is out of date; nothing was done. Go back and try again.",
    ),
    "study_gone": ("找不到这一题，可能已经结束或已更新。", "This question is no longer there."),
    "study_no_learner": ("请先输入名字。", "Please give your name first."),
    "study_minutes": ("{n}分钟", "{n} min"),
    "study_hours": ("{n}小时", "{n} h"),
    "study_days": ("{n}天", "{n} d"),
    "study_months": ("{n}个月", "{n} months"),
}
i18n.TEXTS.update(TEXTS)


def duration(span: timedelta, language: Language) -> str:
    """A span of time, rounded as one says it."""
    minutes = max(1, round(span.total_seconds() / 60))
    if minutes < 60:
        return i18n.text("study_minutes", language, n=minutes)
    if minutes < 24 * 60:
        return i18n.text("study_hours", language, n=round(minutes / 60))
    days = round(minutes / 60 / 24)
    if days < 60:
        return i18n.text("study_days", language, n=days)
    return i18n.text("study_months", language, n=round(days / 30.4))
