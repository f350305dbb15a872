"""Initiatives of caring neighbourhoods: what a group on its way to a house tells, and how far it is."""
