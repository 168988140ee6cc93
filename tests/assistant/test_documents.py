"""Documents named in a question."""

from __future__ import annotations

import pytest

from assistant.documents import asks_all, named, without_names
from corpus.corpus import catalogue

INFOS = catalogue()


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("指南和外科综述对切缘的说法", ("crlm-guideline-2023", "crlm-surgery-2025")),
        ("in the HCC study, how many patients", ("hcc-iiib-2025",)),
        ("射频一次几个", ()),
    ],
)
def test_named(text: str, ids: tuple[str, ...]) -> None:
    assert named(text, INFOS) == ids


def test_asking_all_of_them() -> None:
    assert asks_all("切缘各家怎么说")
    assert asks_all("what do the different papers say")
    assert not asks_all("切缘多少")


def test_names_are_not_searched_for() -> None:
    assert without_names("切缘要多少，指南和外科综述怎么说", INFOS) == "切缘要多少"
    assert without_names("指南", INFOS) == "指南"
