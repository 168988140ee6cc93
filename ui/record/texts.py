"""What a printed record and an exported conversation say, in Chinese and in English."""

from __future__ import annotations

from corpus.model import Language

TEXTS: dict[str, tuple[str, str]] = {
    "title": ("问答记录", "Record of an answer"),
    "about": (
        "结直肠癌肝转移文献助手 · 逐句引自五份文献",
        "CRLM literature assistant · quoted sentence by sentence from five documents",
    ),
    "screen": (
        "用浏览器的打印功能（Ctrl+P）打印；保存此文件后可用 crlm replay 复核。",
        "Print with the browser (Ctrl+P); keep the file to check it later with crlm replay.",
    ),
    "earlier": ("此前的提问", "Asked before"),
    "question": ("问题", "Question"),
    "given": ("手动填写的病情", "Facts set by hand"),
    "forgotten_fact": ("已清除", "cleared"),
    "answer": ("回答", "Answer"),
    "status_answered": ("已回答", "answered"),
    "status_needs_input": ("还需要一项信息", "one more detail needed"),
    "status_not_found": ("文献中没有答案", "not in the documents"),
    "status_rejected": ("无法回答", "cannot be answered"),
    "notes": ("注意", "Please note"),
    "differ": ("来源不一致", "The sources differ"),
    "calculation": ("计算", "Calculation"),
    "inputs": ("输入", "Inputs"),
    "no_inputs": ("无", "none"),
    "result": ("结果", "Result"),
    "missing": ("缺少", "Missing"),
    "assumptions": ("假设", "Assumptions"),
    "interpretation": ("解释", "Meaning"),
    "sensitivity": ("临界值", "Near a boundary"),
    "reason": ("原因", "Reason"),
    "sources": ("来源", "Sources"),
    "no_sources": ("没有引用", "None cited"),
    "year_unknown": ("年份不详", "year not stated"),
    "place": ("字符 {start}–{end}", "characters {start}–{end}"),
    "official": ("原刊译文", "published rendering"),
    "unofficial": ("非官方译文", "unofficial rendering"),
    "versions": ("版本与校验", "Versions and checksums"),
    "version": ("程序", "program"),
    "corpus": ("文献", "documents"),
    "index": ("索引", "index"),
    "model": ("模型", "model"),
    "created": ("生成时间", "made"),
    "notice": (
        "供医疗专业人员使用，不能替代临床判断。请勿在记录中写入可识别患者的信息。",
        "For healthcare professionals; no substitute for clinical judgement. Put nothing on it that identifies a patient.",
    ),
    "conversation": ("对话记录", "Conversation"),
    "failed": ("（这个问题没有得到回答）", "(This question got no answer.)"),
    "forgotten": ("更早的对话未包含在内。", "Earlier messages are not included."),
}


def text(key: str, language: Language, **values: object) -> str:
    """The label ``key`` in ``language``, with its placeholders filled in."""
    label = TEXTS[key][0 if language == "zh" else 1]
    return label.format(**values) if values else label
