"""Things said about a person that are no message: a line in the timeline each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from consent import gate
from inbox.actions.inbound import lost_numbers
from inbox.actions.inbound.arrivals import Arrival
from inbox.actions.inbound.cases import Cases
from inbox.actions.inbound.identities import People, person_of
from inbox.actions.inbound.messages import LONGEST_WAMID
from inbox.actions.inbound.news import News
from inbox.models import Channel, Contact, Conversation, Message
from inbox.whatsapp import happenings as h

LONGEST_TEXT = 2000
# Roles of other programs; the others are people like ours.
MACHINES = frozenset({"ai_agent", "marketing", "utility", "ctwa"})


def told_before(channel: Channel, key: str) -> bool:
    return Message.objects.filter(channel=channel, wamid=key).exists()


def key_of(happening: h.Happening) -> str:
    """What makes a line unique: the system message's own id, or all that was said."""
    wamid = getattr(happening, "wamid", "")
    return wamid if 0 < len(wamid) <= LONGEST_WAMID else f"happening:{happening.dedupe_key}"


def meet(arrival: Arrival[h.PersonHappening], news: News) -> Contact:
    """The contact this is about, known from now on if not before."""
    person, scope = person_of(arrival.happening, arrival.happening.person), _scope(arrival)
    people = People([person], news)
    contact = people.meet(person, scope, arrival.at)
    people.store()
    lost_numbers.record(people, news)
    return people.now(contact)


def apply(arrival: Arrival[h.PersonHappening], news: News) -> None:
    happening = arrival.happening
    key = key_of(happening)
    if told_before(arrival.channel, key):
        return
    contact = meet(arrival, news)
    word, data = _LINES[type(happening)](happening)
    cases = Cases([(contact, arrival.channel)], news)
    case = cases.for_record(contact, arrival.channel, arrival.at)
    cases.line(case, word, at=arrival.at, key=key, **data)
    if isinstance(happening, h.OwnershipChanged):
        _change_owner(case, cases, happening, arrival)
    elif isinstance(happening, h.PreferenceStated) and happening.value == "stop":
        # Only "stop" is obeyed; "resume" is what the platform allows, not what was agreed.
        gate.object_to_advertising(contact.consent_subject, at=arrival.at, by="platform")
    cases.store()


def _change_owner(
    case: Conversation, cases: Cases, changed: h.OwnershipChanged, arrival: Arrival[Any]
) -> None:
    case.owned_elsewhere = _is_elsewhere(changed)
    if changed.summary:
        summary = changed.summary[:LONGEST_TEXT]
        cases.line(case, "summary", at=arrival.at, text=summary)


def _is_elsewhere(changed: h.OwnershipChanged) -> bool:
    return changed.new_owner_role.lower() in MACHINES


def _scope(arrival: Arrival[h.PersonHappening]) -> str:
    return arrival.channel.identity_scope


Line = tuple[str, Mapping[str, Any]]


def _identity_key(happening: Any) -> Line:
    return "identity_key_changed", {}


def _system(happening: Any) -> Line:
    return "system", {"type": happening.type[:60], "text": happening.body[:LONGEST_TEXT]}


def _preference(happening: Any) -> Line:
    return "preference", {
        "category": happening.category[:60],
        "value": happening.value[:60],
    }


def _ownership(happening: Any) -> Line:
    role = happening.new_owner_role[:60]
    return "ownership", {"elsewhere": _is_elsewhere(happening), "role": role}


def _click(happening: Any) -> Line:
    return "click", {"type": happening.type[:60]}


def _summary(happening: Any) -> Line:
    return "summary", {"text": happening.text[:LONGEST_TEXT]}


_LINES: dict[type, Callable[[Any], Line]] = {
    h.IdentityKeyChanged: _identity_key,
    h.SystemNoted: _system,
    h.PreferenceStated: _preference,
    h.OwnershipChanged: _ownership,
    h.ClickTracked: _click,
    h.SummaryGiven: _summary,
}
HANDLED = tuple(_LINES)
