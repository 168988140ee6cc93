"""From a damaged source file to sections, passages, sentences and references."""
