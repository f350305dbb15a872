"""The directory (Wegweiser): bodies and organisations of a neighbourhood, what they do, and how to get in."""
