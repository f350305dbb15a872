"""What is done with notices and with reports of unlawful content."""
