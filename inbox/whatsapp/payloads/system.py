"""System messages: a customer has a new number, a new id or a new key."""

from __future__ import annotations

from inbox.whatsapp.happenings import (
    Happening,
    IdentityKeyChanged,
    NumberChanged,
    Person,
    SystemNoted,
    UserIdChanged,
)

from .fragment import Fragment
from .people import person_under
from .reading import flag, ident, moment, obj, phone, text

_NUMBER = {"user_changed_number", "customer_changed_number"}
_KEY = {"customer_identity_changed", "user_identity_changed"}


def read_system(fragment: Fragment) -> Happening:
    system = obj(fragment.raw.get("system"))
    kind = text(system.get("type"))
    if kind == "user_changed_user_id" or "previous_user_id" in system:
        return _user_id_changed(fragment, system)
    if kind in _NUMBER:
        return _number_changed(fragment, system)
    if kind in _KEY:
        return _identity_key_changed(fragment, system)
    return SystemNoted(
        **fragment.head(),
        person=fragment.complete(person_under(fragment.raw, "from")),
        standby=fragment.origin.standby,
        wamid=ident(fragment.raw.get("id")),
        type=kind,
        body=text(system.get("body")),
    )


def _number_changed(fragment: Fragment, system: dict[str, object]) -> Happening:
    return NumberChanged(
        **fragment.head(),
        person=_before(fragment.raw, system),
        standby=fragment.origin.standby,
        wamid=ident(fragment.raw.get("id")),
        new=_after(system),
        body=text(system.get("body")),
    )


def _user_id_changed(fragment: Fragment, system: dict[str, object]) -> Happening:
    return UserIdChanged(
        **fragment.head(),
        person=_before(fragment.raw, system),
        standby=fragment.origin.standby,
        wamid=ident(fragment.raw.get("id")),
        new=_after(system),
        body=text(system.get("body")),
    )


def _before(message: dict[str, object], system: dict[str, object]) -> Person:
    told = person_under(message, "from")
    new = ident(system.get("user_id"))
    return Person(
        # The message itself may already come from the new id.
        bsuid=ident(system.get("previous_user_id"))
        or ("" if told.bsuid == new else told.bsuid),
        parent_bsuid=ident(system.get("previous_parent_user_id")),
        phone=told.phone or phone(system.get("customer")),
    )


def _after(system: dict[str, object]) -> Person:
    return Person(
        bsuid=ident(system.get("user_id")),
        parent_bsuid=ident(system.get("parent_user_id")),
        phone=phone(system.get("wa_id")) or phone(system.get("new_wa_id")),
    )


def _identity_key_changed(fragment: Fragment, system: dict[str, object]) -> Happening:
    identity = obj(fragment.raw.get("identity"))
    return IdentityKeyChanged(
        **fragment.head(),
        person=fragment.complete(person_under(fragment.raw, "from")),
        standby=fragment.origin.standby,
        wamid=ident(fragment.raw.get("id")),
        identity_hash=text(identity.get("hash") or system.get("identity")),
        acknowledged=flag(identity.get("acknowledged")),
        changed_at=moment(identity.get("created_timestamp")),
        body=text(system.get("body")),
    )
