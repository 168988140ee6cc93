"""The record of an answer: a page to print and keep, with the data to ask again inside (``crlm replay``)."""

from __future__ import annotations

from ui.record.page import record_page
from ui.record.record import Record, RecordError, make, read

__all__ = ["Record", "RecordError", "make", "read", "record_page"]
