"""The board: notices for a neighbourhood, read by the office first where it does not know who wrote them, and reports
of what should not hang there."""
