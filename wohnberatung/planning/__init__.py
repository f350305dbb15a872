"""Figures for planning: what is sought, offered and reached in the city, counted once a month and protected."""
