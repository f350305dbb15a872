"""What is done with entries of the directory."""
