"""A made-up furniture shop with people and some weeks of conversations, for ``make demo``."""
