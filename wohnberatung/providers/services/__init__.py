"""Presenting people to those who offer, their answers, and the ledger of what was told to whom."""
