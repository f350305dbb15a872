"""Use cases of goals and measures."""
