"""What is done with contact persons and with questions to them."""
