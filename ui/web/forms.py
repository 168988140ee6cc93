"""A form for every calculator, made from the model of its inputs."""

from __future__ import annotations

from html import escape
from typing import Any, Protocol

import gradio as gr

from assistant import calculators
from assistant.answer import Calculation
from assistant.calculators.base import Calculator
from assistant.calculators.field_names import field_label
from corpus.model import Language
from ui.web.calculation import Place, calculation_card
from ui.web.disagreements import grade_badge
from ui.web.i18n import text
from ui.web.inputs import UNKNOWN, kind_of, options_of, read_value
from ui.web.markdown import document_link


class Calculates(Protocol):
    """What the forms need of ``assistant.assistant.Assistant``."""

    def calculate(self, name: str, inputs: dict[str, Any], language: Language = "zh") -> Calculation: ...


def add_forms(app: gr.Blocks, service: Calculates) -> None:
    """The page ``/calculators`` of an app being built."""
    with app.route("Calculators", "/calculators", show_in_navbar=False):
        gr.Navbar(visible=False)
        gr.HTML(_head(), elem_id="calculators-head", apply_default_css=False)
        titles = [(f"{c.title['zh']} · {c.title['en']}", name) for name, c in _all()]
        with gr.Row():
            choice = gr.Dropdown(
                titles, value="crs", label="计算器 / Calculator", filterable=True, elem_id="calculator"
            )
            language = gr.Radio(
                [("中文", "zh"), ("English", "en")],
                value="zh",
                label="语言 / Language",
                elem_id="form-language",
            )

        def follow(request: gr.Request) -> Any:
            """The language of the chat the reader comes from."""
            asked = request.query_params.get("lang")
            return asked if asked in ("zh", "en") else gr.skip()

        app.load(follow, outputs=[language], queue=False, show_progress="hidden", api_visibility="private")

        @gr.render(inputs=[choice, language])  # type: ignore[untyped-decorator]
        def form(name: str | None, spoken: Language) -> None:
            if name not in calculators.NAMES:
                return
            _form(service, name, spoken)


def _all() -> list[tuple[str, Calculator]]:
    return [(name, calculators.get(name)) for name in calculators.names()]


def _head() -> str:
    return (
        '<header class="masthead"><h1>计算器 · Calculators</h1>'
        '<p><a href="./" class="back-to-chat">← 返回对话 · Back to the chat</a></p></header>'
    )


def _form(service: Calculates, name: str, language: Language) -> None:
    """One calculator: an input per field, a button, the result."""
    calculator = calculators.get(name)
    fields = calculator.inputs.model_fields
    widgets = []
    with gr.Column(elem_id="form"):
        with gr.Row(equal_height=True):
            for key, info in fields.items():
                if options := options_of(info):
                    label = field_label(key, key, language)
                    widgets.append(
                        gr.Dropdown(
                            options,
                            value=None,
                            label=label,
                            elem_id=f"in-{key}",
                        )
                    )
                    continue
                widgets.append(
                    _widget(
                        key,
                        field_label(key, info.description or key, language),
                        info.annotation,
                        info.default,
                        language,
                    )
                )
        go = gr.Button("计算" if language == "zh" else "Calculate", variant="primary", elem_id="calculate")
        out = gr.HTML("", elem_id="form-result", apply_default_css=False)

    def calculate(*given: Any) -> str:
        inputs: dict[str, Any] = {}
        for (key, info), value in zip(fields.items(), given, strict=True):
            read = read_value(value, info.annotation)
            if read is not None:
                inputs[key] = read
        done = service.calculate(name, inputs, language)
        notes = "".join(f"<p>{line}</p>" for line in calculator.notes(done, language))
        quotes = "".join(
            f"<blockquote>{escape(c.quote)}{grade_badge(c, language)}<cite> {escape(c.title)} › {escape(c.section)}</cite> "
            f"{document_link(None, c, language)}</blockquote>"
            for c in done.citations
        )
        if calculator.publication:
            notes += f"<p>{escape(calculator.publication)}</p>"
        return (
            calculation_card(
                done, language, full=True, place=Place(citations={c.marker: c for c in done.citations})
            )
            + f'<div class="caveats sources">{quotes}{notes}</div>'
        )

    gr.on(
        [go.click],
        calculate,
        inputs=widgets,
        outputs=out,
        queue=False,
        show_progress="hidden",
        api_visibility="private",
    )


def _widget(key: str, label: str, annotation: Any, default: Any, language: Language) -> Any:
    kind, options = kind_of(annotation)
    if kind == "choice":
        unknown = [] if default is not None else [(text("unknown", language), UNKNOWN)]
        return gr.Radio(
            [*((o, o) for o in options), *unknown],
            value=default if default is not None else UNKNOWN,
            label=label,
            elem_id=f"in-{key}",
            min_width=220,
            interactive=True,
        )
    if kind == "flag":
        choices = [
            (text("yes", language), "yes"),
            (text("no", language), "no"),
            (text("unknown", language), UNKNOWN),
        ]
        return gr.Radio(
            choices, value=UNKNOWN, label=label, elem_id=f"in-{key}", min_width=220, interactive=True
        )
    if kind == "number":  # not gr.Number: it shows 0 for a value that is not known
        return gr.Textbox(
            value="" if default is None else f"{default:g}",
            label=label,
            elem_id=f"in-{key}",
            min_width=180,
            interactive=True,
        )
    hint = "2.5, 3.0" if kind == "list" else "YYYY-MM-DD" if kind == "date" else ""
    return gr.Textbox(
        value="", label=label, placeholder=hint, elem_id=f"in-{key}", min_width=180, interactive=True
    )
