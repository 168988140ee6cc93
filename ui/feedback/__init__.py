"""What readers thought of answers, kept on this machine only, one JSON line each, and only when switched on."""

from __future__ import annotations

from ui.feedback.store import CATEGORIES, LONGEST_REASON, Entry, Store, entry_of, read

__all__ = ["CATEGORIES", "LONGEST_REASON", "Entry", "Store", "entry_of", "read"]
