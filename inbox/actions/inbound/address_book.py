"""The phone app's address book: names for people, before they have ever written here."""

from __future__ import annotations

from collections.abc import Sequence

from inbox.actions import bulk
from inbox.actions.inbound import lost_numbers
from inbox.actions.inbound.arrivals import Arrival
from inbox.actions.inbound.identities import LONGEST_NAME, People, person_of
from inbox.actions.inbound.news import News
from inbox.models import Contact
from inbox.names import display_name
from inbox.whatsapp.happenings import ContactSynced


def apply(arrivals: Sequence[Arrival[ContactSynced]], news: News) -> None:
    """Removing somebody from the phone removes nobody here: conversations stay."""
    added = [a for a in arrivals if a.happening.action != "remove"]
    if not added:
        return
    told = [(person_of(a.happening, a.happening.person), a.channel) for a in added]
    people = People([person for person, _channel in told], news)
    met = [
        people.meet(person, channel.identity_scope, arrival.at)
        for arrival, (person, channel) in zip(added, told, strict=True)
    ]
    people.store()
    lost_numbers.record(people, news)
    named: dict[int, Contact] = {}
    for arrival, contact in zip(added, map(people.now, met), strict=True):
        name = (arrival.happening.full_name or arrival.happening.first_name)[:LONGEST_NAME]
        if name and not contact.name:  # a name that an agent gave stays
            contact.name = name
            contact.display_name = display_name(contact)
            named[contact.pk] = contact
    bulk.write(list(named.values()), ["name", "display_name"])
    news.names |= named
