"""Use cases of brokerage: what is asked, which homes suit it and why, what becomes of the pairs that people pick."""
