"""A merge taken back: each contact gets what was its own.

What came since stays with the one that was kept, and what either refused holds for both.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from consent import gate
from inbox import events, search
from inbox.actions import contact_history, moving_rows, timeline, uniting
from inbox.actions.contact_merges.holding import (
    KEPT,
    columns_of,
    hold,
    in_a_transaction,
    open_ones,
)
from inbox.actions.contact_merges.refusals import NotPossible
from inbox.models import Agent, Contact, ContactIdentity, ContactMerge, ContactValue
from inbox.names import display_name


@in_a_transaction
def split(merge: ContactMerge, *, by: Agent) -> bool:
    """False when it was split before. Raises ``NotPossible``."""
    kept, restored = hold(merge.kept, merge.gone)
    merge = ContactMerge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
    if merge.split_at:
        return False
    _require_newest(merge, kept)
    journal = merge.journal
    list(open_ones([kept]).select_for_update(of=("self",), no_key=True))
    for united in reversed(journal["united"]):
        uniting.part(united)
    moving_rows.move_back(journal["moved"], of=kept, to=restored)
    _give_back_values(kept, restored, journal["values"])
    _give_back_columns(kept, journal)
    for contact in (kept, restored):
        _settle_ids(contact)
    windows = {s: datetime.fromisoformat(at) for s, at in journal["windows"].items()}
    gate.part(kept=kept.consent_subject, restored=restored.consent_subject, windows=windows)
    merge.split_at, merge.split_by = timezone.now(), by
    merge.save(update_fields=["split_at", "split_by"])
    _tell([kept, restored], by)
    return True


def _require_newest(merge: ContactMerge, kept: Contact) -> None:
    """Later merges may have moved the same rows on."""
    later = ContactMerge.objects.filter(split_at=None, pk__gt=merge.pk)
    if later.filter(kept=kept).exists() or later.filter(gone=kept).exists():
        raise NotPossible(_("There is a newer merge of this contact. Split that one first."))
    if merge.kept_id != kept.pk:
        raise NotPossible(_("This contact has been merged meanwhile. Look again."))


def _give_back_values(kept: Contact, restored: Contact, written: moving_rows.Written) -> None:
    """A value that was taken from the other goes, unless somebody has changed it since."""
    others = {v.field_id: v for v in ContactValue.objects.filter(contact=restored)}
    own = {v.field_id: v for v in ContactValue.objects.filter(contact=kept)}
    for row in written:
        field = row["fields"]["field"]
        now, taken = own.get(field), others.get(field)
        if now and taken and _content(now) == _content(taken):
            moving_rows.restore([row | {"pk": now.pk}])


def _content(value: ContactValue) -> tuple[object, ...]:
    return value.text, value.number, value.day


def _give_back_columns(kept: Contact, journal: Mapping[str, Any]) -> None:
    """What is still as the merge made it becomes as it was."""
    now, before, after = columns_of(kept), journal["before"], journal["after"]
    for name in KEPT:
        if name in before and now[name] == after[name]:
            setattr(kept, name, before[name])
    if isinstance(kept.blocked_at, str):
        kept.blocked_at = datetime.fromisoformat(kept.blocked_at)


def _settle_ids(contact: Contact) -> None:
    """Only ids that still live are shown and written to."""
    living = ContactIdentity.objects.filter(contact=contact, ended_at=None).order_by("pk")
    for kind in ("phone", "bsuid", "username"):
        values = [identity.value for identity in living if identity.kind == kind]
        if getattr(contact, kind) not in values:
            setattr(contact, kind, values[-1] if values else "")
    contact.display_name = display_name(contact)
    contact.save()


def _tell(contacts: list[Contact], by: Agent) -> None:
    search.index_contacts(contacts)
    for contact in contacts:
        contact_history.record(contact, "split", by=by)
    for conversation in open_ones(contacts):
        timeline.record(conversation, "contacts_split", by=by)
        events.publish(events.about(conversation))
