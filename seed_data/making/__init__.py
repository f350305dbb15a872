"""How the data files are made. Fact keys stand here literally because this *is* the data."""
