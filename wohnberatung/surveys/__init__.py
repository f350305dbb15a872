"""Home surveys: room by room, what was measured becomes evidence and tells a person's barriers."""
