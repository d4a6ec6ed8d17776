"""Agents writing to customers: what is written becomes a queued row, and leaves by itself.

Each function stores the message or says why not: ``gate.NotAllowed`` (we may not write),
``NotSendable`` (WhatsApp would refuse this, or the number cannot send now) and
``AnsweredMeanwhile`` (a colleague was faster; the next try with a new ``seen`` goes through).
``draft_key`` is chosen by the browser for each draft: a double click finds the first message.
"""

from __future__ import annotations

from inbox.actions.replies.again import discard, resend
from inbox.actions.replies.files import send_file
from inbox.actions.replies.interactive import (
    send_buttons,
    send_link_button,
    send_list,
    send_request,
)
from inbox.actions.replies.queueing import AnsweredMeanwhile
from inbox.actions.replies.quick import QuickUse
from inbox.actions.replies.quick import undo as undo_quick
from inbox.actions.replies.reactions import react
from inbox.actions.replies.refusals import advertising_refusal, refusal_for
from inbox.actions.replies.templates import send_template
from inbox.actions.replies.texts import send_contact_card, send_location, send_text
from inbox.whatsapp import NotSendable

__all__ = [
    "AnsweredMeanwhile",
    "NotSendable",
    "QuickUse",
    "advertising_refusal",
    "discard",
    "react",
    "refusal_for",
    "resend",
    "send_buttons",
    "send_contact_card",
    "send_file",
    "send_link_button",
    "send_list",
    "send_location",
    "send_request",
    "send_template",
    "send_text",
    "undo_quick",
]
