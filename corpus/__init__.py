"""The five source texts and how they become passages. Imports nothing above itself."""
