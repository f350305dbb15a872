"""Use cases of aftercare: ask how it goes, take down the answer, tell the person what is kept of it."""
