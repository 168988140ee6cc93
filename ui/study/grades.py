"""Single choice: which level and grade the guideline prints behind a recommendation."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import get_args

from corpus.model import Document, Language, Passage, Sentence
from ui.study.model import Item, Option, chapter_of, item_id
from ui.study.prompts import prompt
from ui.study.sourcing import before, prose, read_in, source_of

WRONG = 3
"""Wrong options of a single choice."""


def graded(documents: Iterable[Document]) -> list[tuple[Passage, Sentence]]:
    """Sentences with exactly one printed grade."""
    return [(p, s) for p, s in prose(documents) if len(s.grades) == 1]


def grade_items(documents: Sequence[Document]) -> list[Item]:
    """Two items, one per language, for each graded sentence that stands in the texts with one grade only."""
    sentences = graded(documents)
    pairs = sorted({(s.grades[0].level, s.grades[0].recommendation) for _, s in sentences})
    often = Counter(s.text for _, s in sentences)
    items = []
    for passage, sentence in sentences:
        true = (sentence.grades[0].level, sentence.grades[0].recommendation)
        if often[sentence.text] > 1:
            continue
        for language in get_args(Language):
            shown = read_in(sentence, language)
            if shown is None:
                continue
            name = item_id("grade", language, passage.document_id, sentence.text, true)
            wrong = random.Random(name).sample([p for p in pairs if p != true], WRONG)
            options = tuple(
                Option(prompt("grade_option", language, *pair), pair == true) for pair in (true, *wrong)
            )
            items.append(
                Item(
                    id=name,
                    kind="grade",
                    language=language,
                    chapter=chapter_of(passage.document_id, passage.section),
                    prompt=prompt("grade", language),
                    sources=(source_of(passage, sentence),),
                    stem=shown[0],
                    context=before(passage, sentence, language),
                    unofficial=shown[1],
                    options=options,
                )
            )
    return items
