"""How fast the desk is, and how much memory it takes: ``python -m bench`` (``make bench``)."""
