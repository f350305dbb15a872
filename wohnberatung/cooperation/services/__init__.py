"""What is done with declared services and with joint cases."""
