"""Notifications that reach a browser in which the desk is not open (Web Push, RFC 8030).

The browser's maker carries them: what is sent is encrypted for that one browser (RFC 8291) and
signed by us (RFC 8292). This room knows addresses and bytes, and neither tables nor agents.
"""
