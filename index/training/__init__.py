"""The scripts that made the bundled bilingual embedding model."""
