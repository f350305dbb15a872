"""What people and workers do with deliveries."""
