"""``crlm study``: what the study mode offers on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ui.messages import language_of_terminal

app = typer.Typer(
    no_args_is_help=True, help="Study material made from the documents. / 由文献生成的学习材料。"
)
_DONE = {"zh": "已写入 {1}：{0}张卡片", "en": "{0} cards written to {1}"}


@app.callback()
def _main() -> None:
    pass


@app.command("export-anki")
def export_anki(
    target: Annotated[Path, typer.Argument(metavar="FILE.apkg", help="the package to write")],
    lang: Annotated[str, typer.Option("--lang", help="language of the questions: zh or en")] = "zh",
) -> None:
    """Write the questions as an Anki package. / 导出为Anki卡片包。"""
    if lang not in ("zh", "en"):
        raise typer.BadParameter("zh | en", param_hint="--lang")
    from ui.study.anki import write_package
    from ui.study.bank import LazyBank

    count = write_package(LazyBank()(), lang, target)  # type: ignore[arg-type]
    typer.echo(_DONE[language_of_terminal()].format(count, target), err=True)
