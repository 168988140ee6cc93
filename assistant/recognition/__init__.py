"""Which calculations a text asks for, and the inputs it gives for them."""

from assistant.recognition.cues import Asked, asked_calculations, asks_for_some
from assistant.recognition.facts import Facts, Memory, is_short, read_facts

__all__ = ["Asked", "Facts", "Memory", "asked_calculations", "asks_for_some", "is_short", "read_facts"]
