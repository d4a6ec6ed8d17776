"""A number that also lives in the phone app: its past messages and its address book."""

from __future__ import annotations

from collections.abc import Iterator

from inbox.whatsapp.happenings import (
    ContactSynced,
    Happening,
    HistoryDeclined,
    HistoryMessage,
    HistoryProgressed,
    Person,
)

from .contents import read_problems
from .fragment import Fragment
from .messages import addressee, message_head, read_special
from .people import person_under
from .reading import elements, ident, moment, obj, phone, text, whole


def read_history_chunk(fragment: Fragment) -> Iterator[Happening]:
    chunk = fragment.raw
    if "errors" in chunk:
        yield HistoryDeclined(**fragment.head(), errors=read_problems(chunk["errors"]))
    metadata = obj(chunk.get("metadata"))
    if metadata:
        yield _progress(fragment, metadata)
    phase = whole(metadata.get("phase"))
    for number, thread in enumerate(elements(chunk.get("threads"))):
        path = f"{fragment.path}.threads[{number}]"
        yield from _thread(Fragment(obj(thread), path, fragment.origin), phase)


def _progress(chunk: Fragment, metadata: dict[str, object]) -> Happening:
    fragment = Fragment(metadata, f"{chunk.path}.metadata", chunk.origin, chunk.at)
    return HistoryProgressed(
        **fragment.head(),
        phase=whole(metadata.get("phase")),
        chunk_order=whole(metadata.get("chunk_order")),
        progress=whole(metadata.get("progress")),
    )


def _thread(thread: Fragment, phase: int | None) -> Iterator[Happening]:
    messages = thread.raw.get("messages")
    if not isinstance(messages, list):
        yield thread.unknown("thread without messages")
        return
    owner = _owner(thread)
    for number, message in enumerate(messages):
        path = f"{thread.path}.messages[{number}]"
        yield read_history_message(
            Fragment(obj(message), path, thread.origin), owner=owner, phase=phase
        )


def _owner(thread: Fragment) -> Person:
    """A thread is named after the customer: by number, or by user id if there is none."""
    context = obj(thread.raw.get("context"))
    name = ident(thread.raw.get("id"))
    number = phone(name) or phone(context.get("wa_id"))
    bsuid = ident(context.get("user_id")) or ("" if phone(name) else name)
    username = text(context.get("username"))
    return thread.complete(Person(phone=number, bsuid=bsuid, username=username))


def read_history_message(
    fragment: Fragment, *, owner: Person | None = None, phase: int | None = None
) -> Happening:
    message = fragment.raw
    from_us = _is_from_us(message, fragment.origin.display_phone_number, owner)
    person = owner or _other_side(fragment, from_us=from_us)
    special = read_special(fragment, person, from_us=from_us)
    if special:
        return special
    return HistoryMessage(
        **fragment.head(),
        **message_head(message),
        person=person,
        from_us=from_us,
        status=text(obj(message.get("history_context")).get("status")).lower(),
        phase=phase,
    )


def read_history_echo(fragment: Fragment) -> Happening:
    """Media of imported messages follow as echoes."""
    person = _other_side(fragment, from_us=True)
    special = read_special(fragment, person, from_us=True)
    return special or HistoryMessage(
        **fragment.head(), **message_head(fragment.raw), person=person, from_us=True
    )


def _is_from_us(message: dict[str, object], our_number: str, owner: Person | None) -> bool:
    sender = phone(message.get("from"))
    if sender and our_number:
        return sender == our_number
    if sender and owner and owner.phone:
        return sender != owner.phone
    return bool(message.get("to") or message.get("to_user_id"))


def _other_side(fragment: Fragment, *, from_us: bool) -> Person:
    if not from_us:
        return fragment.complete(person_under(fragment.raw, "from"))
    return fragment.complete(addressee(fragment.raw, fragment.origin.display_phone_number))


def read_synced_contact(fragment: Fragment) -> Happening:
    contact = obj(fragment.raw.get("contact"))
    if not contact:
        return fragment.unknown("synchronisation of something else")
    head = fragment.head()
    head["at"] = moment(obj(fragment.raw.get("metadata")).get("timestamp")) or head["at"]
    return ContactSynced(
        **head,
        person=Person(
            bsuid=ident(contact.get("user_id")),
            parent_bsuid=ident(contact.get("parent_user_id")),
            phone=phone(contact.get("phone_number")),
            username=text(contact.get("username")),
        ),
        full_name=text(contact.get("full_name")),
        first_name=text(contact.get("first_name")),
        action=text(fragment.raw.get("action")).lower(),
    )
