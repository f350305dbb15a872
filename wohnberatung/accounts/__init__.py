"""People who log in, their organisations, roles and sign-in."""
