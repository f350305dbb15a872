"""Use cases and queries of requests for discretion."""
