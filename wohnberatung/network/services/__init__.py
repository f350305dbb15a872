"""Use cases and queries of the network."""
