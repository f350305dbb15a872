"""What a city view is made from, how it is worked out, shown, and taken over."""
