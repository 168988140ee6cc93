"""Conversions through pint; imported only when a text holds a unit that needs one."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

_NAMES = {"μg": "ug", "µg": "ug", "毫米": "mm", "厘米": "cm", "公分": "cm", "寸": "inch"}


@lru_cache(maxsize=1)
def _registry() -> Any:
    from pint import UnitRegistry

    return UnitRegistry()


def convert(value: float, unit: str, target: str) -> float:
    """``value`` in another unit; ValueError when the units do not fit together."""
    if unit == target:
        return value
    for shown, name in _NAMES.items():
        unit = unit.replace(shown, name)
    return float(round((value * _registry()(unit)).to(target).magnitude, 9))
