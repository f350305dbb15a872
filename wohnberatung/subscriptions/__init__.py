"""Mails about what is new in neighbourhoods, for whoever asked for them: confirmed by mail, left with one click."""
