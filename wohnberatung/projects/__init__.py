"""Tenant initiatives, housing projects and shared flats."""
