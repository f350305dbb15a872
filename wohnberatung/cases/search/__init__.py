"""Finding people, homes and talks by half-remembered, misspelt words: an index in memory, in each process."""
