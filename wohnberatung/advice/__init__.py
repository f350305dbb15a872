"""Enquiries to the office, the cases they become, and the amounts and dates of funding programmes."""
