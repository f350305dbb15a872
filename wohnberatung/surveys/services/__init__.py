"""Use cases of home surveys."""
