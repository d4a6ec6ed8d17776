"""The Graph API side: what the desk calls."""
