"""Reference questions and the figures that decide changes."""
