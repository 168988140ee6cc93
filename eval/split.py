"""Adding reference questions: checked, and divided into development and test by passage.

``python -m eval.split NEW.jsonl ...`` takes lines of ``ReferenceQuestion`` without a split. Questions that
share a passage (or its twin) stay together, so no passage is evidence on both sides; groups that touch
the questions already there follow them; the rest are dealt out by a hash, large groups to development.
"""

from __future__ import annotations

import argparse
import hashlib
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from corpus.corpus import load_corpus
from corpus.errors import CrlmError
from corpus.registers import folded
from eval.evidence import EvidenceFinder
from eval.questions import REFERENCE, SPLITS, ReferenceQuestion, Split, load_questions

LARGEST_TEST_GROUP = 25
"""Groups above this size would tear the halves apart in kind; they go to development."""

TEST_SHARE = 0.75
"""Of the groups with evidence that may go anywhere; whatever touches the first questions is in development."""


def problems(question: ReferenceQuestion, finder: EvidenceFinder) -> list[str]:
    """What is wrong with a question; empty when it can be used."""
    found = []
    if (
        question.answerable
        and question.calculator is None
        and not (question.evidence and question.key_points)
    ):
        found.append("needs evidence and key points")
    for anchor in question.evidence:
        if not finder.holding(anchor.document_id, anchor.quote):
            found.append(f"no sentence of {anchor.document_id} has “{anchor.quote}”")
    text = finder.text(question)
    for point in question.key_points if question.evidence else ():
        if not any(folded(wording) in text for wording in point):
            found.append(f"no wording of {point} stands in the evidence")
    if question.evidence and copied(question, finder):
        found.append("repeats the source's words")
    return found


def copied(question: ReferenceQuestion, finder: EvidenceFinder) -> bool:
    """Whether a turn repeats 12 Chinese characters or 7 English words of its evidence in a row."""
    source = finder.text(question)
    for turn in question.turns:
        text = folded(turn)
        if any(
            text[i : i + 12] in source
            for i in range(len(text) - 11)
            if re.match(r"[\u3400-\u9fff]{6}", text[i:])
        ):
            return True
        words = re.findall(r"[a-z0-9]+", turn.lower())
        if any("".join(words[i : i + 7]) in re.sub(r"[^a-z0-9]", "", source) for i in range(len(words) - 6)):
            return True
    return False


def assign(
    questions: Sequence[ReferenceQuestion], finder: EvidenceFinder, settled: dict[str, Split] | None = None
) -> dict[str, Split]:
    """A half for every question. ``settled``: halves of questions that already have one."""
    settled = settled or {}
    parent: dict[str, str] = {}

    def root(x: str) -> str:
        parent.setdefault(x, x)
        while parent[x] != x:
            parent[x] = x = parent[parent[x]]
        return x

    for question in questions:
        for passage in finder.passages(question):
            parent[root(f"passage {passage}")] = root(f"question {question.id}")
    members: dict[str, list[ReferenceQuestion]] = {}
    for question in questions:
        members.setdefault(root(f"question {question.id}"), []).append(question)
    result: dict[str, Split] = {}
    for group in members.values():
        fixed = {settled[q.id] for q in group if q.id in settled}
        if len(fixed) > 1:
            raise CrlmError(
                "新问题把两半连在了一起", f"new questions tie both halves together: {[q.id for q in group]}"
            )
        half = fixed.pop() if fixed else _dealt(group)
        result.update(dict.fromkeys((q.id for q in group), half))
    return result


def _dealt(group: Sequence[ReferenceQuestion]) -> Split:
    if len(group) > LARGEST_TEST_GROUP:
        return "dev"
    name = min(q.id for q in group)
    share = TEST_SHARE if group[0].evidence else 0.5
    return "test" if hashlib.sha256(name.encode()).digest()[0] < share * 256 else "dev"


def write(
    questions: Iterable[ReferenceQuestion], halves: dict[str, Split], directory: Path = REFERENCE
) -> None:
    """All questions into the files of their halves."""
    rows: dict[Path, list[str]] = {}
    for question in sorted(questions, key=lambda q: q.id):
        path = directory / halves[question.id] / f"{question.kind}.jsonl"
        rows.setdefault(path, []).append(question.model_dump_json(exclude_defaults=True))
    for path, lines in rows.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Add files of new questions; anything wrong with one of them stops it before anything is written."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("new", nargs="+", type=Path)
    finder = EvidenceFinder(load_corpus().passages)
    settled = {q.id: (q, split) for split in SPLITS for q in load_questions(split)}
    questions = {i: q for i, (q, _) in settled.items()}
    bad = []
    for path in parser.parse_args().new:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            question = ReferenceQuestion.model_validate_json(line)
            wrong = problems(question, finder)
            if question.id in questions:
                wrong.append("its id is taken")
            bad += [f"{path.name} line {number} ({question.id}): {w}" for w in wrong]
            questions[question.id] = question
    if bad:
        raise SystemExit("\n".join(bad))
    halves = assign(list(questions.values()), finder, {i: split for i, (_, split) in settled.items()})
    write(questions.values(), halves)
    print({split: sum(h == split for h in halves.values()) for split in SPLITS})


if __name__ == "__main__":
    main()
