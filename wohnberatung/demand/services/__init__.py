"""Use cases of demand."""
