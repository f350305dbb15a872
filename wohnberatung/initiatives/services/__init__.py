"""What is done with initiatives, their minutes and their list of steps."""
