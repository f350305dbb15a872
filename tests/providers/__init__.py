"""The provider's side of brokerage."""
