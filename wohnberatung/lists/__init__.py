"""What the list of a request was on which day, kept as it changed."""
