"""Deliveries from landlords' software: read, staged, previewed, promoted in one transaction."""
