"""After moving in: how it goes, asked after three and twelve months, and what comes of the answer."""
