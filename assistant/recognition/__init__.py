"""Which calculations a text asks for, and the inputs it gives for them."""

from assistant.recognition.cues import Asked, asked_calculations, hides
from assistant.recognition.facts import Facts, read_facts

__all__ = ["Asked", "Facts", "asked_calculations", "hides", "read_facts"]
