"""The running server for other programs: HTTP API and MCP tools for asking, searching and every calculator.

Gradio turns each function below into an endpoint (``/gradio_api/call/NAME``) and an MCP tool
(``/gradio_api/mcp/``), with the schema of its parameters. ``docs/clients.md`` shows a client of each.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any, Literal, Protocol, get_args, get_origin

import gradio as gr

from assistant import calculators
from assistant.answer import Answer, Calculation, Conversation, RetrievedPassage, Turn
from assistant.assistant import MAX_QUESTION
from corpus.model import Language

MOST_HITS = 50


class Service(Protocol):
    """What the API needs of ``assistant.assistant.Assistant``."""

    def ask(self, conversation: Conversation) -> Answer: ...

    def search(self, query: str, k: int = 10) -> list[RetrievedPassage]: ...

    def calculate(self, name: str, inputs: dict[str, Any], language: Language = "zh") -> Calculation: ...


def add_api(service: Service) -> None:
    """Register every endpoint on the ``gr.Blocks`` being built."""
    for function in (*_questions(service), *(_calculator(service, name) for name in calculators.names())):
        gr.api(function, api_name=function.__name__, api_description=function.__doc__, queue=False)


def _questions(service: Service) -> tuple[Callable[..., Any], ...]:
    def ask(
        question: str, earlier_turns: list[str] | None = None, language: Literal["auto", "zh", "en"] = "auto"
    ) -> dict[str, Any]:
        """Answer a question about colorectal liver metastases from the five documents, verbatim and cited.

        Args:
            question: the question, Chinese or English
            earlier_turns: what the user asked before, oldest first
            language: of the reply
        """
        turns = [Turn(text=str(t)) for t in (*(earlier_turns or [])[-20:], question)]
        return service.ask(Conversation(turns=turns, language=language)).model_dump()

    def search(query: str, k: int = 10) -> list[dict[str, Any]]:
        """Find passages of the five documents.

        Args:
            query: what to look for, Chinese or English
            k: number of passages, 1 to 50
        """
        wanted = min(max(int(k), 1), MOST_HITS)
        return [hit.model_dump() for hit in service.search(query[:MAX_QUESTION], wanted)]

    def list_calculators() -> list[dict[str, Any]]:
        """All calculators with titles, JSON schemas of their inputs, and the publication of outside formulas."""
        return [
            {
                "name": name, "title_zh": c.title["zh"], "title_en": c.title["en"],
                "inputs": c.inputs.model_json_schema(), "publication": c.publication,
            }
            for name in calculators.names() for c in [calculators.get(name)]
        ]  # fmt: skip

    return ask, search, list_calculators


def _calculator(service: Service, name: str) -> Callable[..., Any]:
    """A function with the calculator's inputs as parameters; what is not given is unknown."""
    calculator = calculators.get(name)
    fields = calculator.inputs.model_fields

    def run(*given: Any, **named: Any) -> dict[str, Any]:
        values = dict(zip(fields, given, strict=False)) | named
        known = {k: v for k, v in values.items() if v is not None and v != ""}
        return service.calculate(name, known, "en").model_dump()

    lines = [f"    {key}: {info.description or key}" for key, info in fields.items()]
    run.__name__ = f"calc_{name}"
    run.__doc__ = "\n".join([f"{calculator.title['en']} ({calculator.title['zh']}).", "", "Args:", *lines])
    parameters = [
        inspect.Parameter(
            key, inspect.Parameter.POSITIONAL_OR_KEYWORD, default=None, annotation=_kind(info.annotation)
        )
        for key, info in fields.items()
    ]
    run.__signature__ = inspect.Signature(parameters, return_annotation=dict[str, Any])  # type: ignore[attr-defined]
    run.__annotations__ = {p.name: p.annotation for p in parameters} | {"return": dict[str, Any]}
    return run


def _kind(annotation: Any) -> Any:
    """The plain type behind an annotation: what a client may send."""
    options = (
        [a for a in get_args(annotation) if a is not type(None)]
        if get_origin(annotation) is not Literal
        else []
    )
    inner = options[0] if options and get_origin(annotation) is not list else annotation
    while get_origin(inner) is not None and get_origin(inner) not in (list, Literal):
        inner = get_args(inner)[0]
    if get_origin(inner) is list:
        return list[float] | None
    if get_origin(inner) is Literal:
        return inner | None
    return (inner if inner in (int, float, bool, str) else str) | None
