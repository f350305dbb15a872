"""What if: the questions around a ranking, answered from the same grades that made it."""
