"""A customer has a new number or a new id, and stays the same person."""

from __future__ import annotations

from inbox.actions.inbound import lost_numbers
from inbox.actions.inbound.arrivals import Arrival, CannotApply
from inbox.actions.inbound.cases import Cases
from inbox.actions.inbound.identities import People, person_of
from inbox.actions.inbound.lines import key_of, told_before
from inbox.actions.inbound.news import News
from inbox.models import Contact
from inbox.whatsapp.happenings import NOBODY, NumberChanged, Person, UserIdChanged

Changed = Arrival[NumberChanged | UserIdChanged]


def apply(arrival: Changed, news: News) -> None:
    key = key_of(arrival.happening)
    if told_before(arrival.channel, key):
        return
    old, new = arrival.happening.person, arrival.happening.new
    if not new.has_id:
        raise CannotApply("names no new id")
    person_of(arrival.happening, new)  # refuses ids that are too long
    scope = arrival.channel.identity_scope
    people = People([old, new], news)
    contact = _who(people, old, new, scope, arrival)
    old_number = contact.phone
    people.end_others(contact, new, scope, arrival.at)
    people.note(contact, new, scope, arrival.at)
    people.store()
    contact = people.now(contact)
    lost_numbers.record(people, news)
    _record(contact, old_number, arrival, key, news)


def _who(people: People, old: Person, new: Person, scope: str, arrival: Changed) -> Contact:
    """One contact, also when the person has already written under the new id."""
    before = people.known(old, scope) if old != NOBODY else None
    after = people.known(new, scope)
    if before is None:
        return after or people.meet(new, scope, arrival.at)
    if after and after is not before and not people.is_another(after, new, scope):
        # What the new id brought along must not look like a second living id.
        people.end_others(before, new, scope, arrival.at)
        return people.merge(into=before, gone=after)
    return before


def _record(contact: Contact, old_number: str, arrival: Changed, key: str, news: News) -> None:
    cases = Cases([(contact, arrival.channel)], news)
    case = cases.for_record(contact, arrival.channel, arrival.at)
    if contact.phone and contact.phone != old_number:
        numbers = {"old": old_number, "new": contact.phone}
        cases.line(case, "number_changed", at=arrival.at, key=key, **numbers)
    else:
        cases.line(case, "user_id_changed", at=arrival.at, key=key)
    cases.store()
