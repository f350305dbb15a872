"""What planners could do, and what the gap would be then."""
