"""Export to Anki. Deck, model and note ids never change, so importing again updates the cards."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterable
from html import escape
from pathlib import Path

import genanki

from corpus.errors import CrlmError
from corpus.model import Language
from ui.study.asking import Asked, ask
from ui.study.bank import Bank
from ui.study.model import Item

DECKS: dict[Language, tuple[int, str]] = {
    "zh": (1_734_120_231, "CRLM 指南学习"), "en": (1_734_120_232, "CRLM guideline study"),
}  # fmt: skip
MODEL_ID = 1_734_120_240
PATIENTS = 3
"""Patients of each case in the export: Anki cannot make fresh ones."""
_CSS = (
    ".card { font-family: sans-serif; font-size: 18px; text-align: left; line-height: 1.6; }"
    ".stem { border-inline-start: 4px solid #888; padding-inline-start: .7em; } .source { font-size: 14px; color: #666; }"
)
_WORDS: dict[Language, dict[str, str]] = {
    "zh": {"source": "出处", "rendered": "非官方译文", "official": "译文（原刊双语）", "meaning": "解释", "formula": "公式出自"},
    "en": {"source": "Source", "rendered": "unofficial translation", "official": "translation as published",
           "meaning": "Meaning", "formula": "Formula from"},
}  # fmt: skip


def _model() -> genanki.Model:
    return genanki.Model(
        MODEL_ID,
        "CRLM study",
        fields=[{"name": "Question"}, {"name": "Answer"}, {"name": "Source"}],
        templates=[
            {
                "name": "Card",
                "qfmt": "{{Question}}",
                "afmt": '{{FrontSide}}<hr id="answer">{{Answer}}<div class="source">{{Source}}</div>',
            }
        ],
        css=_CSS,
    )


def notes(bank: Bank, language: Language) -> list[genanki.Note]:
    """One note per item; a case gives several patients, always the same ones."""
    model = _model()
    return [
        _note(model, bank, item, number)
        for item in bank.select(language)
        for number in range(PATIENTS if item.kind == "case" else 1)
    ]


def write_package(bank: Bank, language: Language, target: Path) -> int:
    """Write the .apkg file; the number of notes. CrlmError when it cannot be written."""
    number, name = DECKS[language]
    deck = genanki.Deck(number, name)
    made = notes(bank, language)
    for note in made:
        deck.add_note(note)
    try:
        genanki.Package(deck).write_to_file(str(target))
    except OSError as error:
        raise CrlmError(
            f"无法写入 {target}：{error.strerror}", f"Cannot write {target}: {error.strerror}"
        ) from error
    return len(made)


def package_bytes(bank: Bank, language: Language) -> bytes:
    """The package as a download."""
    with tempfile.TemporaryDirectory() as directory:
        target = Path(directory) / "crlm.apkg"
        write_package(bank, language, target)
        return target.read_bytes()


def _note(model: genanki.Model, bank: Bank, item: Item, number: int) -> genanki.Note:
    seed = random.Random(f"{item.id}-{number}").randrange(2**48)
    asked = ask(item, seed, bank.documents)
    return genanki.Note(
        model=model,
        fields=[_front(asked), _back(asked), _source(asked, bank)],
        tags=list(item.tags),
        guid=genanki.guid_for("crlm-study", item.id, number),
    )


def _front(asked: Asked) -> str:
    item = asked.item
    parts = [f"<p>{escape(item.prompt)}</p>"]
    if item.context:
        parts.append(f"<p><i>{escape(item.context)}</i></p>")
    if item.stem:
        mark = f" <small>({_WORDS[item.language]['rendered']})</small>" if item.unofficial else ""
        parts.append(f'<p class="stem">{escape(item.stem)}{mark}</p>')
    if asked.facts:
        parts.append(_list(f"{name}: {value}" for name, value in asked.facts))
    if asked.options:
        parts.append(_list(option.text for option in asked.options))
    return "".join(parts)


def _back(asked: Asked) -> str:
    item, words = asked.item, _WORDS[asked.item.language]
    if item.points:
        return _list(" / ".join(point) for point in item.points)
    if item.several:
        return _list(option.text for option in asked.options if option.right)
    parts = [f"<p><b>{escape(asked.answer)}</b></p>"]
    if asked.calculation is not None:
        parts.append(_list(_step(row.item, row.value, row.points) for row in asked.calculation.breakdown))
        if asked.calculation.interpretation:
            parts.append(f"<p>{words['meaning']}: {escape(asked.calculation.interpretation)}</p>")
    return "".join(parts)


def _step(item: str, value: str, points: float | None) -> str:
    return f"{item}: {value}" + ("" if points is None else f" → {points:g}")


def _source(asked: Asked, bank: Bank) -> str:
    words, language = _WORDS[asked.item.language], asked.item.language
    lines = []
    for source in asked.sources:
        where = " › ".join((bank.short_name(source.document_id, language), *source.section))
        lines.append(f"<p>{words['source']}: {escape(where)}<br>“{escape(source.quote)}”</p>")
        if source.rendering and source.language != language:
            kind = words["official" if source.official else "rendered"]
            lines.append(f"<p>({kind}) {escape(source.rendering)}</p>")
    if not lines and asked.item.calculator:
        from assistant import calculators

        publication = calculators.get(asked.item.calculator.split(".")[0]).publication
        lines.append(f"<p>{words['formula']}: {escape(publication)}</p>")
    return "".join(lines)


def _list(lines: Iterable[str]) -> str:
    return "<ul>" + "".join(f"<li>{escape(line)}</li>" for line in lines) + "</ul>"
