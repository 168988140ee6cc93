"""Understanding a question and answering it from the passages. Imports `index` and `corpus`."""

VERSION = "0.1.0"
