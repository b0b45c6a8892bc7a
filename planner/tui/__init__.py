"""The terminal UI: the only part of the house that imports Textual. State goes down, messages go up."""
