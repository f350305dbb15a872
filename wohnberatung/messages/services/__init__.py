"""What people write each other about a match."""
