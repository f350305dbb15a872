"""What those who offer learn of people, and what they answer."""
