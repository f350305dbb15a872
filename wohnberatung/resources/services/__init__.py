"""What is done with resources and needs, and with requests for contact."""
