"""Use cases and queries of the supply."""
