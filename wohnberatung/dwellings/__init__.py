"""Homes as lasting places, their offers, and how well each of their facts is known."""
