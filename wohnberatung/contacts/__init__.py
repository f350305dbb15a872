"""Contact persons of the office: who to ask about what, in which part of the city, and what becomes of the question."""
