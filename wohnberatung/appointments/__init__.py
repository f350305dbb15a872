"""Appointments: opening hours, free times, bookings from the public page and by the office, calendars."""
