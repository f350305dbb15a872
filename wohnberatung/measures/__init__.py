"""Goals in the person's own words and measures towards them, with who may pay, in which order, and what came of it."""
