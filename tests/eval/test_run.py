"""``crlm eval``: a whole run, its files, the report, comparing, scoring, the gate."""

from __future__ import annotations

import json
from pathlib import Path

import ir_measures
import pytest
from typer.testing import CliRunner

from assistant.assistant import Assistant
from corpus.errors import CrlmError
from eval import gate
from eval.cli import _write, app
from eval.compare import compare
from eval.questions import load_questions
from eval.results import Results, read_answers, read_results
from eval.run import Run, evaluate

runner = CliRunner()


@pytest.fixture(scope="module")
def dev(assistant: Assistant) -> Run:
    return evaluate(assistant, load_questions("dev"), "dev", baselines=False)


@pytest.fixture(scope="module")
def written(assistant: Assistant, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run with every baseline over a few questions, written down."""
    folder = tmp_path_factory.mktemp("run") / "out"
    some = load_questions("dev", ("single",))[::12] + load_questions("dev", ("unanswerable",))[::4]
    _write(folder, evaluate(assistant, some, "dev"))
    return folder


def test_figures_do_not_fall(dev: Run) -> None:
    """The regression gate. After an improvement: ``crlm eval gate --record``."""
    assert gate.falls(dev.results, gate.read_recorded()) == []


def test_the_gate_sees_a_fall_and_allows_noise(dev: Run, tmp_path: Path) -> None:
    name = "fully_right all"
    value, n = gate.watched(dev.results)[name]
    allowed = gate.allowance(name, value, n)
    assert 0 < allowed < 0.03
    assert gate.falls(dev.results, {name: value + allowed * 0.9}) == []
    assert [f.name for f in gate.falls(dev.results, {name: value + allowed * 1.2})] == [name]
    assert [f.name for f in gate.falls(dev.results, {"verbatim all": 1.0001})] == ["verbatim all"]
    assert [f.name for f in gate.falls(dev.results, {"answerable_refused all": -0.1})] != []
    assert [f.name for f in gate.falls(dev.results, {"no such figure": 0.1})] == ["no such figure"]
    path = tmp_path / "recorded.json"
    path.write_text(json.dumps({name: 2.0, "answerable_refused all": 0.0}))
    after = gate.record(dev.results, path)
    assert after[name] == 2.0  # recording never lowers
    assert gate.record(dev.results, path, lower=True)[name] == round(value, 4)


def test_every_quote_is_verbatim_and_every_claim_stands_in_its_citation(dev: Run) -> None:
    for scored in dev.results.scored.values():
        assert scored.verbatim == 1.0, scored.id
        assert scored.claims in (None, 1.0), scored.id


def test_a_run_writes_everything(written: Path) -> None:
    names = {p.name for p in written.iterdir()}
    assert {"results.json", "answers.jsonl", "qrels.trec", "report.html", "run-ours.trec"} <= names
    results = read_results(written)
    assert len(results.retrieval) >= 11
    assert all(row["language"]["all"]["R@5"] is not None for row in results.retrieval.values())
    assert results.compared
    figures = ir_measures.calc_aggregate(
        [ir_measures.RR],
        ir_measures.read_trec_qrels(str(written / "qrels.trec")),
        ir_measures.read_trec_run(str(written / "run-ours.trec")),
    )
    assert 0.3 < figures[ir_measures.RR] <= 1.0


def test_the_report_is_one_file_and_escapes_what_it_shows(written: Path) -> None:
    html = (written / "report.html").read_text(encoding="utf-8")
    assert html.count("<svg") == 4
    assert "<script" not in html
    assert "src=" not in html
    assert "without glossary" in html


def test_compare(written: Path) -> None:
    results = read_results(written)
    same = compare(results, results)
    assert same["fully right"].delta == 0.0
    assert same["fully right"].p == 1.0
    assert runner.invoke(app, ["compare", str(written), str(written)]).exit_code == 0


def test_another_programs_answers_are_scored(written: Path, tmp_path: Path) -> None:
    lines = (written / "answers.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    for row in rows:
        del row["answer"]["trace"]  # other programs need not know it
    path = tmp_path / "theirs.jsonl"
    path.write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in rows), encoding="utf-8")
    done = runner.invoke(app, ["score", str(path), "--out", str(tmp_path / "scored")])
    assert done.exit_code == 0, done.output
    assert "questions without an answer" in done.output
    theirs, ours = read_results(tmp_path / "scored"), read_results(written)
    assert {i: s.fully_right for i, s in theirs.scored.items()} == {
        i: s.fully_right for i, s in ours.scored.items()
    }


@pytest.mark.parametrize("line", ["not json", '{"id": "x"}', '{"id": "x", "answer": {"status": "maybe"}}'])
def test_a_broken_answer_is_named(line: str, tmp_path: Path) -> None:
    path = tmp_path / "answers.jsonl"
    path.write_text(line)
    with pytest.raises(CrlmError) as error:
        read_answers(path)
    assert "line 1" in error.value.en


def test_missing_results_are_named(tmp_path: Path) -> None:
    with pytest.raises(CrlmError):
        read_results(tmp_path)


def test_a_broken_question_is_named(tmp_path: Path) -> None:
    (tmp_path / "dev").mkdir()
    (tmp_path / "dev" / "single.jsonl").write_text("{}\n")
    with pytest.raises(CrlmError) as error:
        load_questions("dev", ("single",), tmp_path)
    assert "line 1" in error.value.en


def test_questions_are_input_for_batch(tmp_path: Path) -> None:
    out = tmp_path / "in.jsonl"
    assert runner.invoke(app, ["questions", str(out)]).exit_code == 0
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert set(rows[0]) == {"id", "turns"}
    assert len(rows) == len(load_questions("dev"))


def test_results_survive_writing(dev: Run) -> None:
    assert Results.model_validate_json(dev.results.model_dump_json()) == dev.results
