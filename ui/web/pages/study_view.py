"""What the study templates show of a question, its sources and the progress."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from assistant import calculators
from corpus.model import Language
from ui.study.asking import Asked, Response, Verdict
from ui.study.bank import Bank
from ui.study.model import BLANK, Source
from ui.web.i18n import lang_of


def source_url(up: str, document_id: str, start: int, end: int) -> str:
    """The sentence in the source viewer."""
    return f"{up}document/{quote(document_id, safe='')}?at={start}-{end}#cited"


@dataclass(frozen=True)
class SourceView:
    """A source as shown: its sentence, and the passage cut around it."""

    document: str
    section: str
    quote: str
    lang: str
    rendering: str
    rendering_lang: str
    official: bool
    url: str
    before: str
    after: str
    whole: bool
    """The passage says more than the sentence."""


@dataclass(frozen=True)
class OptionView:
    """``state``: hit (chosen, right), missed (right, not chosen), slip (chosen, wrong), rest."""

    key: str
    text: str
    right: bool
    state: str = ""


def source_views(asked: Asked, bank: Bank, language: Language, up: str) -> list[SourceView]:
    """The sources of a question."""
    return [_source(source, bank, language, up) for source in asked.sources]


def _source(source: Source, bank: Bank, language: Language, up: str) -> SourceView:
    passage = bank.passage(source.passage_id)
    before, found, after = (passage.text if passage else source.quote).partition(source.quote)
    return SourceView(
        document=bank.short_name(source.document_id, language),
        section=" › ".join(source.section),
        quote=source.quote,
        lang=lang_of(source.language),
        rendering=source.rendering if language != source.language else "",
        rendering_lang=lang_of("en" if source.language == "zh" else "zh"),
        official=source.official,
        url=source_url(up, source.document_id, source.start, source.end),
        before=before if found else "",
        after=after if found else "",
        whole=bool(found and (before.strip() or after.strip())),
    )


def option_views(asked: Asked, response: Response | None) -> list[OptionView]:
    """The options; with a response, what became of each."""
    views = []
    for option in asked.options:
        state = ""
        if response is not None:
            chosen = option.key in response.chosen
            state = ("hit" if chosen else "missed") if option.right else ("slip" if chosen else "rest")
        views.append(OptionView(option.key, option.text, option.right, state))
    return views


def stem_parts(stem: str) -> list[str]:
    """The stem cut at its gaps."""
    return stem.split(BLANK)


def headline(asked: Asked, verdict: Verdict) -> tuple[str, dict[str, int]]:
    """Key of the verdict's line and its figures."""
    if verdict.correct:
        return "study_right", {}
    if verdict.met and any(verdict.met):
        return "study_partly", {"met": sum(verdict.met), "all": len(verdict.met)}
    return "study_wrong", {}


def publication(asked: Asked) -> str:
    """Where a formula was published that the documents do not give."""
    if not asked.item.calculator:
        return ""
    return calculators.get(asked.item.calculator.split(".")[0]).publication


def caveats(asked: Asked) -> tuple[str, ...]:
    """What is to be known of a calculator's rule."""
    if not asked.item.calculator:
        return ()
    return calculators.get(asked.item.calculator.split(".")[0]).caveats[asked.item.language]
