"""Which calculations a text asks for, and the inputs it gives for them."""

from assistant.recognition.cues import Asked, asked_calculations
from assistant.recognition.facts import Facts, Memory, read_facts

__all__ = ["Asked", "Facts", "Memory", "asked_calculations", "read_facts"]
