"""What those who offer learn of those who seek: rounded figures, works worth doing, the one question to answer."""
