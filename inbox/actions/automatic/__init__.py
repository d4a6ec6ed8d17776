"""Texts that numbers send by themselves: set up by admins, sent by workers.

A look is due at ``Conversation.automatic_due_at``. It is taken under the conversation's lock,
and each text has one key for each conversation, so that it is sent once however many look.
"""

from __future__ import annotations

from inbox.actions.automatic.answering import answer
from inbox.actions.automatic.texts import Words, change

__all__ = ["Words", "answer", "change"]
