"""MCP results as JSON. Gradio would send Python's own text of a dictionary, which no other language reads."""

from __future__ import annotations

import json
from typing import Any

import gradio as gr
from mcp.types import TextContent


def json_results(blocks: gr.Blocks) -> None:
    """Make every tool of a mounted app answer in JSON text."""
    server = getattr(blocks, "mcp_server_obj", None)
    if server is not None:
        server.postprocess_output_data = _as_json


def _as_json(data: Any, root_url: str) -> list[TextContent]:
    """``data``: the outputs of one call; ``root_url`` is only needed for files, and no tool returns one."""
    return [TextContent(type="text", text=json.dumps(output, ensure_ascii=False)) for output in data]
