"""Mail that leaves the house, by way of an outbox in the database."""
