"""What is new in neighbourhoods, for programs that read feeds and calendars, and what the office sees of them."""
