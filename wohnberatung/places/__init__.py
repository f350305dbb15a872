"""A page for each neighbourhood (Stadtteil): all that the areas know of it."""
