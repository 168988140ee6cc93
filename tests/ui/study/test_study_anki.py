"""The Anki package: readable by Anki's own format, the same ids every time, everything escaped."""

from __future__ import annotations

import sqlite3
import zipfile
from dataclasses import replace
from pathlib import Path

from typer.testing import CliRunner

from ui.cli import app
from ui.study.anki import DECKS, MODEL_ID, PATIENTS, notes, write_package
from ui.study.bank import Bank


def rows(package: Path) -> list[tuple[str, int, str, str]]:
    with zipfile.ZipFile(package) as archive:
        name = next(n for n in archive.namelist() if n.startswith("collection"))
        archive.extract(name, package.parent)
    db = sqlite3.connect(package.parent / name)
    found = db.execute("SELECT guid, mid, tags, flds FROM notes ORDER BY guid").fetchall()
    decks = {row[0] for row in db.execute("SELECT DISTINCT did FROM cards")}
    db.close()
    assert decks <= {number for number, _ in DECKS.values()}
    return found


def test_a_package_is_the_same_twice_and_holds_every_item(bank: Bank, tmp_path: Path) -> None:
    first, second = tmp_path / "a" / "1.apkg", tmp_path / "b" / "2.apkg"
    first.parent.mkdir()
    second.parent.mkdir()
    count = write_package(bank, "zh", first)
    write_package(bank, "zh", second)
    found = rows(first)
    assert found == rows(second) and len(found) == count == len({guid for guid, *_ in found})
    items = bank.select("zh")
    assert count == len(items) + (PATIENTS - 1) * sum(i.kind == "case" for i in items)
    assert {mid for _, mid, _, _ in found} == {MODEL_ID}
    assert all("kind::" in tags and "section::" in tags for _, _, tags, _ in found)
    assert all(len(fields.split("\x1f")) == 3 and all(fields.split("\x1f")) for *_, fields in found)


def test_languages_share_no_note(bank: Bank) -> None:
    assert not {n.guid for n in notes(bank, "zh")} & {n.guid for n in notes(bank, "en")}


def test_whatever_a_document_says_is_escaped(bank: Bank) -> None:
    item = next(i for i in bank.items if i.kind == "number")
    evil = "<script>alert(1)</script>"
    source = replace(item.sources[0], quote=evil, rendering=evil)
    hostile = replace(item, prompt=evil, stem=evil, context=evil, sources=(source,))
    (note,) = notes(Bank(bank.documents, [hostile]), item.language)
    assert "<script" not in "".join(note.fields) and "&lt;script" in note.fields[0]


def test_the_command_writes_a_package_and_says_what_is_wrong(tmp_path: Path) -> None:
    target = tmp_path / "x.apkg"
    done = CliRunner().invoke(app, ["study", "export-anki", str(target), "--lang", "en"])
    assert done.exit_code == 0 and zipfile.is_zipfile(target)
    assert CliRunner().invoke(app, ["study", "export-anki", str(target), "--lang", "fr"]).exit_code == 2
    failed = CliRunner().invoke(app, ["study", "export-anki", str(tmp_path / "no" / "x.apkg")])
    assert failed.exit_code == 1 and "x.apkg" in str(failed.exception)
