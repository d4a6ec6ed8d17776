"""A WhatsApp Cloud API of our own, for demos and tests.

Runs in a process of its own, keeps everything in memory and speaks only HTTP: it calls the
desk's webhook as WhatsApp does and answers the desk's calls as the Graph API does.
"""
