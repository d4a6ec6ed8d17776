"""The way out: carrying queued messages to WhatsApp.

A message is claimed under the gate, called out, and its outcome stored, each in a transaction
of its own; what a lost worker leaves behind, the sweeper finds. Rather unsent and visible than
sent twice.

Locks are taken in the order number → conversation → message → person. Whoever carries waits
for the number alone and passes over the others while somebody holds them.
"""

from __future__ import annotations

from inbox.actions.deliveries.carrying import carry
from inbox.actions.deliveries.sweeping import sweep

__all__ = ["carry", "sweep"]
