"""Calendars by RFC 5545 and 7986: the only place that knows the icalendar library."""
