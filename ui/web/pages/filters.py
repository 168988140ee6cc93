"""Choices that narrow a list: read from the address, checked against what there is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from corpus.model import Document, Language, Passage
from ui.web.i18n import kind_name, text
from ui.web.pages.recommendations import Recommendation, count, graded

NO_YEAR = "none"
LONGEST_NAME = 80
"""Characters of a wrong value that are repeated to the reader."""


@dataclass(frozen=True)
class Choice:
    """One option of a filter."""

    value: str
    label: str


@dataclass(frozen=True)
class Field:
    """One filter with its options."""

    name: str
    label: str
    choices: tuple[Choice, ...]
    chosen: str
    """Empty: any."""


@dataclass(frozen=True)
class Filters:
    """What was chosen, by name of the field; and a message for each value that is none."""

    fields: tuple[Field, ...]
    wrong: tuple[str, ...]

    def get(self, name: str) -> str:
        return next((field.chosen for field in self.fields if field.name == name), "")

    @property
    def any(self) -> bool:
        return any(field.chosen for field in self.fields)

    def only(self, *names: str) -> Sequence[Field]:
        """Some of the fields, for a form of its own."""
        return [field for field in self.fields if field.name in names]

    def admits(self, document: Document, passage: Passage) -> bool:
        """The passage meets every condition."""
        year = str(document.info.year or NO_YEAR)
        met = {
            "document": document.info.id, "kind": document.info.kind.value, "year": year,
            "language": passage.language,
        }  # fmt: skip
        level, letter = self.get("level"), self.get("grade")
        if (level or letter) and not any(graded(s.grades, level, letter) for s in passage.sentences):
            return False
        return all(self.get(name) in ("", value) for name, value in met.items())

    def lists(self, item: Recommendation) -> bool:
        """The recommendation itself, not only its passage, meets every condition."""
        grades = item.sentence.grades
        return graded(grades, self.get("level"), self.get("grade")) and self.admits(
            item.document, item.passage
        )


def read_filters(
    asked: Mapping[str, str],
    documents: Sequence[Document],
    listed: Iterable[Recommendation],
    language: Language,
) -> Filters:
    """Filters from the address; a value that is no choice is ignored and said."""
    grades = count(listed)
    infos = [document.info for document in documents]
    kinds = dict.fromkeys(info.kind for info in infos)
    years = sorted({info.year for info in infos if info.year}, reverse=True)
    spoken = dict.fromkeys(code for info in infos for code in info.languages)
    options = {
        "document": [Choice(i.id, i.short_zh if language == "zh" else i.short_en) for i in infos],
        "kind": [Choice(kind.value, kind_name(kind, language)) for kind in kinds],
        "year": [Choice(str(year), str(year)) for year in years],
        "level": [Choice(level, level) for level in grades.levels],
        "grade": [Choice(letter, letter) for letter in grades.letters],
        "language": [Choice(code, text(f"doc.{code}", language)) for code in spoken],
    }
    if any(info.year is None for info in infos):
        options["year"].append(Choice(NO_YEAR, text("lib.no_year", language)))
    fields: list[Field] = []
    wrong: list[str] = []
    for name, choices in options.items():
        label = text(f"lib.{name}", language)
        value = _folded(asked.get(name, ""), choices)
        if value and value not in {choice.value for choice in choices}:
            wrong.append(text("lib.wrong", language, name=label, value=value[:LONGEST_NAME]))
            value = ""
        fields.append(Field(name, label, tuple(choices), value))
    return Filters(tuple(fields), tuple(wrong))


def _folded(value: str, choices: Sequence[Choice]) -> str:
    """``1A`` and ``a`` are meant as ``1a`` and ``A``."""
    value = value.strip()
    return next((c.value for c in choices if c.value.lower() == value.lower()), value)
