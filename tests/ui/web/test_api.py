"""The running server for other programs: HTTP and MCP, as ``docs/clients.md`` shows them."""

from __future__ import annotations

import asyncio
import json
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
from fake import FakeAssistant
from mcp import ClientSession
from mcp.client.streamable_http import streamablehttp_client

from assistant import calculators
from ui.web.app import build_app
from ui.web.server import Server


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    server = Server(build_app(FakeAssistant(delay=0.0)), "127.0.0.1", 0)
    server.start()
    yield server.url
    server.stop()


def call(url: str, name: str, *data: Any) -> Any:
    request = urllib.request.Request(
        f"{url}gradio_api/call/{name}",
        json.dumps({"data": data}).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=20) as reply:
        event = json.load(reply)["event_id"]
    with urllib.request.urlopen(f"{url}gradio_api/call/{name}/{event}", timeout=20) as reply:
        lines = reply.read().decode().splitlines()
    assert lines[0] == "event: complete", lines
    return json.loads(lines[1].removeprefix("data: "))[0]


def calc(url: str, name: str, **given: Any) -> Any:
    """Every input in its place, null for one not given."""
    fields = list(calculators.get(name).inputs.model_fields)
    assert set(given) <= set(fields)
    return call(url, f"calc_{name}", *(given.get(field) for field in fields))


def test_every_endpoint_is_listed_with_its_parameters(url: str) -> None:
    with urllib.request.urlopen(f"{url}gradio_api/info", timeout=20) as reply:
        endpoints = json.load(reply)["named_endpoints"]
    assert {"/ask", "/search", "/list_calculators"} <= set(endpoints)
    assert {f"/calc_{name}" for name in calculators.names()} <= set(endpoints)
    for name in calculators.names():
        given = [p["parameter_name"] for p in endpoints[f"/calc_{name}"]["parameters"]]
        assert given == list(calculators.get(name).inputs.model_fields)


def test_asking_and_calculating_over_http(url: str) -> None:
    answer = call(url, "ask", "CRS几分", [], "zh")
    assert answer["language"] == "zh"
    done = calc(url, "crs", node_positive=True, synchronous=True, n_mets=3, cea_ng_ml=250, max_diameter_cm=6)
    assert done["result"] == {"score": 5, "group": "high"}
    assert calc(url, "crs", node_positive=True)["status"] == "incomplete"
    within = calc(url, "milan", sizes_cm=[5.0], vascular=False, extrahepatic=False)
    assert within["result"]["within"] is True
    window = calc(url, "bevacizumab_surgery", last_dose="2025-01-01")
    assert "2025-02-12" in json.dumps(window["result"])
    refused = calc(url, "regimen_dose", regimen="mFOLFOX6", bsa_m2=18)
    assert refused["status"] == "rejected"
    assert "body surface area" in refused["reason"]


def test_schemas_are_listed(url: str) -> None:
    listed = {c["name"]: c for c in call(url, "list_calculators")}
    assert len(listed) == 50
    assert "cea_ng_ml" in listed["crs"]["inputs"]["properties"]


def test_mcp_tools(url: str) -> None:
    async def visit() -> tuple[list[Any], Any, Any]:
        async with (
            streamablehttp_client(f"{url}gradio_api/mcp/") as (read, write, _),
            ClientSession(read, write) as session,
        ):
            await session.initialize()
            tools = (await session.list_tools()).tools
            scored = await session.call_tool("calc_oslo", {"max_diameter_cm": 3, "progression_after_chemo": False, "interval_months": 30, "cea_ug_l": 10})  # fmt: skip
            asked = await session.call_tool("ask", {"question": "CRS几分"})
            return tools, scored, asked

    tools, scored, asked = asyncio.run(visit())
    names = {tool.name for tool in tools}
    assert {"ask", "search", *(f"calc_{n}" for n in calculators.names())} <= names
    crs = next(tool for tool in tools if tool.name == "calc_crs")
    assert crs.inputSchema["properties"]["n_mets"]["description"] == "number of liver metastases"
    assert json.loads(scored.content[0].text)["result"] == {"score": 0, "os10_percent": 50}
    assert json.loads(asked.content[0].text)["status"]
