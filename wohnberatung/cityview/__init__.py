"""The city view: who could move where, and who could share a house. Worked out for all at once, decided one by one."""
