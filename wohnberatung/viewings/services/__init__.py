"""What people do about viewings."""
