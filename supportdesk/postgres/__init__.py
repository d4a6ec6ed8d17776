"""Django's PostgreSQL with a cheaper look whether it is still there (``base``)."""
