"""How far a block has come at WhatsApp, as a sentence for each number."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.translation import gettext as _

from inbox.models import Contact, ContactBlock
from inbox.whatsapp import ErrorClass, sentence_for

State = ContactBlock.State
OUTSIDE_WINDOW = 131047
LIST_IS_FULL = 139101


class BlockShown(NamedTuple):
    number: str
    sentence: str
    is_wrong: bool


def blocks_of(contact: Contact) -> list[BlockShown]:
    rows = contact.blocks.select_related("channel").order_by("channel__name", "pk")
    return [
        BlockShown(row.channel.name, _sentence(row), row.state == State.FAILED)
        for row in rows
        # Nothing is to be said of what was taken back.
        if row.is_wanted or row.state != State.DONE
    ]


def _sentence(row: ContactBlock) -> str:
    if row.state == State.FAILED:
        return _failure(row)
    if not row.is_wanted:
        return _("WhatsApp is being asked to unblock.")
    if row.state == State.DONE:
        return _("Blocked at WhatsApp: their messages do not come in any more.")
    return _("WhatsApp is being asked to block.")


def _failure(row: ContactBlock) -> str:
    if row.failure_code == OUTSIDE_WINDOW:
        return _(
            "WhatsApp blocks only who wrote in the last 24 hours. Here nothing is sent to "
            "them, but their messages still come in."
        )
    if row.failure_code == LIST_IS_FULL:
        return _("The block list of this number is full: their messages still come in.")
    if row.is_wanted:
        what = _("WhatsApp did not block them, so their messages still come in.")
    else:
        what = _("WhatsApp did not unblock them.")
    known = row.failure_class in set(ErrorClass)
    kind = ErrorClass(row.failure_class) if known else ErrorClass.UNKNOWN
    return f"{what} {sentence_for(kind, row.failure_code)}"
