"""What a neighbourhood gives and seeks: rooms, help, knowledge; who could help whom, and contact through the office."""
