"""Requests for discretion: where a city may deviate from standard rules for shared housing, and what others learn."""
