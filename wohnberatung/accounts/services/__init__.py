"""Use cases of accounts. They flush and never commit."""
