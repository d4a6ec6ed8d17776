"""The way out: carrying queued messages to WhatsApp.

A message is claimed under the gate, called out, and its outcome stored, each in a transaction
of its own; what a lost worker leaves behind, the sweeper finds. Rather unsent and visible than
sent twice.

Claiming waits for the number's row alone, and passes over conversations, messages and people
while somebody holds them. Settling holds the message, and then its conversation. So nobody
here ever waits for a row while holding one that others want.
"""

from __future__ import annotations

from inbox.actions.deliveries.carrying import carry
from inbox.actions.deliveries.sweeping import sweep

__all__ = ["carry", "sweep"]
