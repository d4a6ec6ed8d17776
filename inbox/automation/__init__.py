"""Rules that admins make without code: when, if, then. Pure: neither tables nor a clock."""
