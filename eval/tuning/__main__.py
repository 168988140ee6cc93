"""``python -m eval.tuning``: fit the ranking weights and the abstention rules on the development questions."""

from __future__ import annotations

from pathlib import Path

import assistant
from assistant.abstention import Rules, load_rules
from assistant.ranking.model import PATH, load_weights
from eval.questions import load_questions
from eval.tuning import abstention, ranking
from index.parts import Parts
from index.retriever import Retriever
from index.training.seal import seal


def main() -> None:
    """Refit everything; the files in the repository change."""
    seal()
    retriever = Retriever.open()
    data = ranking.examples(load_questions("dev", ("single",)), retriever)
    print(f"best sentence right, cross-validated: {ranking.cross_validate(data):.3f} of {len(data)}")
    weights = ranking.fit(data)
    print(
        f"best sentence right, on the questions learned from: {sum(ranking.hits(data, weights)) / len(data):.3f}"
    )
    PATH.write_text(weights.model_dump_json(indent=1) + "\n", encoding="utf-8")
    load_weights.cache_clear()

    bare = Retriever.of(
        retriever.documents, retriever.embedder, Parts(questions=False), retriever.known_vectors()
    )
    rules = {}
    for name, index in (("with_questions", retriever), ("without_questions", bare)):
        found = abstention.cases(load_questions("dev", ("single", "dialogue", "unanswerable")), index)
        told = name == "with_questions"
        certainty = abstention.held_out(found, told)
        rules[name] = abstention.fit(found, certainty, told)
        shares = abstention.refused(found, certainty, rules[name].answer_from)
        print(f"{name}: refused, cross-validated: {', '.join(f'{k} {v:.3f}' for k, v in shares.items())}")
    path = Path(assistant.__file__).parent / "thresholds.json"
    path.write_text(Rules.model_validate(rules).model_dump_json(indent=1) + "\n", encoding="utf-8")
    load_rules.cache_clear()


if __name__ == "__main__":
    main()
