"""City-wide proposals: who could move where, and which groups could share a house. Advice, never executed."""
