"""What is asked, worked out and shown of a scenario."""
