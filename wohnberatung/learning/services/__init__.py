"""What is learned of the homes, and the weights of wishes that outcomes speak for."""
