"""A conference planner: read the published schedule, star talks, see what clashes, and get the right hour."""

__version__ = "0.1.0"
