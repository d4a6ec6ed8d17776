"""Search by name, number, user name and words in messages.

Who stores or changes messages and contacts calls ``index_messages`` and ``index_contacts`` in
the same transaction; doing it again replaces what was indexed. Who deletes them calls
``forget_messages`` and ``forget_contacts``. Screens call ``find``.
"""

from __future__ import annotations

from inbox.search.finding import ContactHit, Found, MessageHit, find
from inbox.search.indexing import (
    forget_contacts,
    forget_messages,
    index_contacts,
    index_messages,
)

__all__ = [
    "ContactHit",
    "Found",
    "MessageHit",
    "find",
    "forget_contacts",
    "forget_messages",
    "index_contacts",
    "index_messages",
]
