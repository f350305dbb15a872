"""Declarations: every fact and every criterion, once, grouped by theme."""
