"""Housing advice: cases, consultations, home surveys, funding."""
