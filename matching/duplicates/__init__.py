"""Same dwelling or same person twice: likely pairs with the reason per field. A person decides, always."""
