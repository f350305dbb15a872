"""Use cases and queries of shared living."""
