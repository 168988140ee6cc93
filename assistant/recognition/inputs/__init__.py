"""Inputs of each calculation out of a text; None when it does not give enough to ask for it."""
