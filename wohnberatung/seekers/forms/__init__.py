"""Forms of those who seek."""
