"""Viewings: both sides agree on a date, find the way, and say afterwards how it was."""
