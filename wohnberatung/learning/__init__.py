"""What is learned from the dwellings, for the engine to lean on and for people to look at."""
