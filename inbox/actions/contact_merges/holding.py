"""Holding two contacts still, so that nothing arrives for one of them meanwhile."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from typing import ParamSpec, TypeVar

from django.db import OperationalError, transaction
from django.utils.translation import gettext as _

from inbox.actions import number_locks
from inbox.actions.contact_merges.refusals import NotPossible
from inbox.models import Contact, Conversation
from inbox.models.conversation import ConversationQuerySet

P = ParamSpec("P")
R = TypeVar("R")
TRIES = 3
# What a contact is called and reached by; all of it may be different after a merge.
KEPT = (
    *("name", "profile_name", "language", "address_form"),
    *("phone", "bsuid", "username", "blocked_at"),
)


def in_a_transaction(act: Callable[P, R]) -> Callable[P, R]:
    """Carriers hold messages before conversations, here it is the other way round: where
    the two meet, the database lets one of them begin again."""

    @functools.wraps(act)
    def tried(*args: P.args, **kwargs: P.kwargs) -> R:
        for _try in range(1, TRIES):
            try:
                with transaction.atomic():
                    return act(*args, **kwargs)
            except OperationalError:
                if transaction.get_connection().in_atomic_block:
                    raise
        with transaction.atomic():
            return act(*args, **kwargs)

    return tried


def hold(*contacts: Contact) -> list[Contact]:
    """In the order given, as they are now. Numbers first, as whoever brings messages."""
    number_locks.hold_all()
    rows = Contact.objects.select_for_update(of=("self",), no_key=True).order_by("pk")
    held = {row.pk: row for row in rows.filter(pk__in=[contact.pk for contact in contacts])}
    if len(held) < len(contacts):
        # WhatsApp told meanwhile that one of them is somebody else we know.
        raise NotPossible(_("One of these contacts has been merged meanwhile."))
    return [held[contact.pk] for contact in contacts]


def open_ones(contacts: Iterable[Contact]) -> ConversationQuerySet:
    theirs = Conversation.objects.filter(contact__in=list(contacts))
    return theirs.exclude(status=Conversation.Status.CLOSED).order_by("pk")


def columns_of(contact: Contact) -> dict[str, str | None]:
    """As it goes into a journal."""
    values = {name: getattr(contact, name) for name in KEPT}
    blocked_at = contact.blocked_at.isoformat() if contact.blocked_at else None
    return values | {"blocked_at": blocked_at}
