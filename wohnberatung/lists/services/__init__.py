"""Keeping lists, and answering from them."""
