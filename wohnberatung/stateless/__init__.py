"""Commands that need no database: two JSON files in, an answer out. One module per theme."""
