"""Messages inside a match: between those who seek, those who offer and the office, staged like the disclosure."""
