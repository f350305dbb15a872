"""Use cases and queries of those who seek."""
