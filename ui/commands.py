"""Commands about records, feedback and users; ``ui.cli`` adds them to ``crlm``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.model import Language
from ui.messages import language_of_terminal

if TYPE_CHECKING:
    from assistant.assistant import Assistant

UNREADABLE = 2
"""Exit code of ``crlm replay`` for a file that is no usable record."""


def add_commands(app: typer.Typer, open_assistant: Callable[[Language], Assistant]) -> None:
    """Add ``replay``, ``feedback`` and ``user`` to ``app``."""

    @app.command()
    def replay(record: Annotated[Path, typer.Argument(help="a record, HTML or JSON")]) -> None:
        """Ask a record's conversation again: is the answer the same? / 复核一份回答记录。

        Exit code 0: the same byte for byte. 1: not the same. 2: not a usable record.
        """
        from ui.record import RecordError, read
        from ui.record.replay import page_differs, say
        from ui.record.replay import replay as ask_again

        language = language_of_terminal()
        try:
            kept, file = read(record)
        except RecordError as error:
            typer.echo(error.message(language), err=True)
            raise typer.Exit(UNREADABLE) from None
        if page_differs(kept, file):
            typer.echo(say("page", language), err=True)
        changes = ask_again(kept, open_assistant(language), language)
        if not changes:
            typer.echo(say("same", language))
            return
        typer.echo("\n".join([say("changed", language), *changes]))
        raise typer.Exit(1)

    @app.command()
    def feedback(file: Annotated[Path, typer.Argument(help="the file given to serve --feedback")]) -> None:
        """Summarise the feedback of readers. / 汇总读者评价。"""
        from rich.console import Console

        from ui.feedback import read
        from ui.feedback.summary import print_summary

        entries, damaged = read(file)
        print_summary(entries, damaged, Console(), language_of_terminal())

    users = typer.Typer(no_args_is_help=True, help="Who may log in. / 登录用户。")
    app.add_typer(users, name="user")

    @users.callback()
    def _users() -> None:
        pass

    @users.command("add")
    def user_add(
        name: Annotated[str, typer.Argument(help="the name to log in with")],
        file: Annotated[Path, typer.Option("--file", help="the file given to serve --users")],
        replace: Annotated[bool, typer.Option("--replace", help="change the password of a user")] = False,
    ) -> None:
        """Add a user; asks for the password. / 添加用户，会询问密码。"""
        from ui.users import SHORTEST, add_user, clean_name, hash_password

        chinese = language_of_terminal() == "zh"
        name = clean_name(name)
        label = f"密码（至少{SHORTEST}个字符）" if chinese else f"Password (at least {SHORTEST} characters)"
        again = "再输一次" if chinese else "Again"
        first = typer.prompt(label, hide_input=True)
        hash_password(first)  # too short is said before asking again
        if first != typer.prompt(again, hide_input=True):
            typer.echo("两次输入不一致" if chinese else "The two passwords differ", err=True)
            raise typer.Exit(1)
        add_user(file, name, first, replace)
        typer.echo(f"已保存：{name} → {file}" if chinese else f"Saved: {name} → {file}")
