"""Events for a neighbourhood: dates, how one gets in and follows, registrations with a waiting list, calendar files."""
