"""Use cases of doubles."""
