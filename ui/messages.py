"""What the command line says, in Chinese and English."""

from __future__ import annotations

import locale
import os

from corpus.model import Language

_MESSAGES: dict[str, dict[Language, str]] = {
    "bad_json": {"zh": "不是有效的JSON：{0}", "en": "Not valid JSON: {0}"},
    "not_object": {"zh": "应为JSON对象，例如 {0}", "en": "Expected a JSON object such as {0}"},
    "no_turns": {"zh": "缺少非空的“turns”", "en": "“turns” is missing or empty"},
    "bad_turn": {"zh": "“turns”的每一项应为文字或 {{\"role\",\"text\"}}", "en": "Each of “turns” must be a text or {{\"role\",\"text\"}}"},
    "no_calculator": {"zh": "缺少“calculator”", "en": "“calculator” is missing"},
    "no_inputs": {"zh": "缺少“inputs”对象", "en": "The “inputs” object is missing"},
    "no_file": {"zh": "找不到文件：{0}", "en": "No such file: {0}"},
    "cannot_read": {"zh": "无法读取 {0}：{1}", "en": "Cannot read {0}: {1}"},
    "cannot_write": {"zh": "无法写入 {0}：{1}", "en": "Cannot write {0}: {1}"},
    "same_file": {"zh": "输入和输出不能是同一个文件", "en": "Input and output must not be the same file"},
    "not_text": {"zh": "不是UTF-8文字", "en": "Not UTF-8 text"},
    "name_or_list": {"zh": "请给出计算器名称，或用 --list 列出，或用 --batch IN OUT", "en": "Give a calculator's name, or --list, or --batch IN OUT"},
    "needs_json": {"zh": "请用 --json '{{…}}' 给出输入；可用的项：{0}", "en": "Give the inputs with --json '{{…}}'; fields: {0}"},
    "batch_done": {"zh": "{0}行完成，{1}行失败", "en": "{0} lines done, {1} failed"},
    "interrupted": {"zh": "已中断", "en": "Interrupted"},
    "port_used": {"zh": "端口{0}已被占用，请用 --port 换一个", "en": "Port {0} is in use; choose another with --port"},
    "open_host": {
        "zh": "警告：{0} 对网络开放且没有登录保护，任何能连到本机的人都能使用；可用 --users 文件 要求登录",
        "en": "WARNING: {0} is open to the network and has no login: whoever reaches this machine can use it; "
        "--users FILE asks for one",
    },
    "open_host_users": {
        "zh": "注意：{0} 对网络开放；除非前面有HTTPS代理，密码会以明文传输",
        "en": "Note: {0} is open to the network; without an HTTPS proxy before it passwords travel unencrypted",
    },
    "index_ok": {"zh": "索引完好", "en": "The index is whole and up to date"},
    "index_built": {"zh": "索引已建立：{0}段，{1}个检索单元 → {2}", "en": "Index built: {0} passages, {1} units → {2}"},
    "index_current": {"zh": "索引已是最新：{0}", "en": "The index is up to date: {0}"},
    "sources": {"zh": "来源", "en": "Sources"},
    "next": {"zh": "还可以问", "en": "You can also ask"},
    "inputs": {"zh": "输入", "en": "inputs"},
}  # fmt: skip


def say(name: str, language: Language, *values: object) -> str:
    """One message in the reader's language."""
    return _MESSAGES[name][language].format(*values)


def language_of_terminal() -> Language:
    """Chinese when the locale is Chinese, else English."""
    setting = os.environ.get("LC_ALL") or os.environ.get("LANG") or (locale.getlocale()[0] or "")
    return "zh" if setting.lower().startswith("zh") else "en"
