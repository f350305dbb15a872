"""Backups that come back: sealed archives of database and files, and their way back onto an empty host."""
