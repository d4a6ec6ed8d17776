"""Everything of one contact goes to the other; a journal remembers what was whose.

Negative wins: what either refused holds, and blocked stays blocked. The emptied contact stays
as a row, so that links to it lead to the other.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, Q
from django.utils.translation import gettext as _

from consent import gate
from inbox import events, search
from inbox.actions import contact_history, moving_rows, timeline, uniting
from inbox.actions.contact_merges.holding import (
    columns_of,
    hold,
    in_a_transaction,
    open_ones,
)
from inbox.actions.contact_merges.refusals import NotPossible
from inbox.models import Agent, Contact, ContactMerge, ContactValue, Conversation
from inbox.names import display_name

IDS = ("phone", "bsuid", "username", "profile_name")


@dataclass(frozen=True, slots=True)
class Choices:
    """Where the two differ: what is taken from the one that goes."""

    name: bool = False
    language: bool = False
    fields: Collection[int] = ()


@in_a_transaction
def merge(
    *, kept: Contact, gone: Contact, by: Agent, choices: Choices | None = None
) -> ContactMerge:
    """Doing it again finds the merge that was made. Raises ``NotPossible``."""
    if kept.pk == gone.pk:
        raise NotPossible(_("This is the same contact."))
    kept, gone = hold(kept, gone)
    if earlier := _merged_before(kept, gone):
        return earlier
    choices = choices or Choices()
    before, windows = columns_of(kept), gate.windows_of(kept.consent_subject)
    gate.merge(into=kept.consent_subject, gone=gone.consent_subject)
    united = _unite(kept, gone)
    _take_columns(kept, gone, choices)
    values = _take_values(kept, gone, choices.fields)
    moved = moving_rows.move(of=gone, to=kept, besides={"inbox.contactmerge.gone_id"})
    made = ContactMerge.objects.create(
        kept=kept,
        gone=gone,
        by=by,
        journal={
            "before": before,
            "after": columns_of(kept),
            "windows": {sender: at.isoformat() for sender, at in windows.items()},
            "united": united,
            "values": values,
            "moved": moved,
        },
    )
    _tell(kept, gone, by)
    return made


def _merged_before(kept: Contact, gone: Contact) -> ContactMerge | None:
    merges = ContactMerge.objects.filter(gone__in=[kept, gone], split_at=None)
    for earlier in merges:
        if (earlier.kept_id, earlier.gone_id) == (kept.pk, gone.pk):
            return earlier
        raise NotPossible(_("One of these contacts has been merged meanwhile."))
    return None


def _unite(kept: Contact, gone: Contact) -> list[uniting.Journal]:
    """Only one conversation may be open per number."""
    held = list(open_ones([kept, gone]).select_for_update(of=("self",), no_key=True))
    of_kept = {c.channel_id: c for c in held if c.contact_id == kept.pk}
    journals = []
    for conversation in held:
        if conversation.contact_id == gone.pk and conversation.channel_id in of_kept:
            events.publish(events.about(conversation))
            journals.append(uniting.unite(of_kept[conversation.channel_id], conversation))
    return journals


def _take_columns(kept: Contact, gone: Contact, choices: Choices) -> None:
    for name, chosen in (("name", choices.name), ("language", choices.language)):
        if chosen or not getattr(kept, name):
            setattr(kept, name, getattr(gone, name) or getattr(kept, name))
    kept.address_form = kept.address_form or gone.address_form
    kept.blocked_at = kept.blocked_at or gone.blocked_at
    _take_ids(kept, gone)
    kept.display_name = display_name(kept)
    kept.save()


def _take_ids(kept: Contact, gone: Contact) -> None:
    """Never the number of one account with the id of another: what is written goes to where
    the person last wrote from."""
    known = [(getattr(kept, name), getattr(gone, name)) for name in ("phone", "bsuid")]
    are_two_accounts = any(own and other and own != other for own, other in known)
    if are_two_accounts:
        source = gone if _wrote_later(gone, kept) else kept
        for name in IDS:
            setattr(kept, name, getattr(source, name))
    for name in ("username", "profile_name") if are_two_accounts else IDS:
        setattr(kept, name, getattr(kept, name) or getattr(gone, name))


def _wrote_later(one: Contact, other: Contact) -> bool:
    """The windows tell; both may have none."""
    latest: dict[str, datetime | None] = Conversation.objects.aggregate(
        one=Max("window_expires_at", filter=Q(contact=one)),
        other=Max("window_expires_at", filter=Q(contact=other)),
    )
    first, second = latest["one"], latest["other"]
    return first is not None and (second is None or first > second)


def _take_values(kept: Contact, gone: Contact, fields: Collection[int]) -> moving_rows.Written:
    """What it had itself in these fields is written down. Where it had nothing, moving does."""
    theirs = {value.field_id: value for value in ContactValue.objects.filter(contact=gone)}
    own = list(ContactValue.objects.filter(contact=kept, field__in=set(fields) & set(theirs)))
    written = moving_rows.write(own)
    for value in own:
        other = theirs[value.field_id]
        value.text, value.number, value.day = other.text, other.number, other.day
        value.save()
    return written


def _tell(kept: Contact, gone: Contact, by: Agent) -> None:
    search.forget_contacts([gone.pk])
    search.index_contacts([kept])
    contact_history.record(kept, "merged", by=by)
    for conversation in open_ones([kept]):
        timeline.record(conversation, "contacts_merged", by=by)
        events.publish(events.about(conversation))
