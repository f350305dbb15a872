"""What is done with events, their dates, and registrations for them."""
