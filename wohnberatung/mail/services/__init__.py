"""Use cases of mail: put one into the outbox, take those that are due out of it, look into it."""
