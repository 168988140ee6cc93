"""``python -m eval.tuning``: fit the ranking weights and the abstention rule on the development questions."""

from __future__ import annotations

from pathlib import Path

from assistant import ranking
from eval.questions import load_questions
from eval.tuning.ranking import cross_validate, examples, fit, hits
from index.retriever import Retriever
from index.training.seal import seal

L2 = 0.01
TIE = 0.2


def main() -> None:
    """Refit everything; the files in the repository change."""
    seal()
    retriever = Retriever.open()
    data = examples(load_questions("dev", ("single",)), retriever)
    print(f"best sentence right, cross-validated: {cross_validate(data, l2=L2, tie=TIE):.3f} of {len(data)}")
    weights = fit(data, L2, TIE)
    print(f"best sentence right, on the questions learned from: {sum(hits(data, weights)) / len(data):.3f}")
    path = Path(ranking.__file__).parent / "weights.json"
    path.write_text(weights.model_dump_json(indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
