"""Bringing requests and offers together."""
