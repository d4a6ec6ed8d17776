"""Which reader reads which part of which field. One odd part never spoils another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from inbox.whatsapp.happenings import Happening, ProblemsReported, Unknown

from . import account, coexistence, relations
from .calls import read_call, read_call_status
from .contents import read_problems
from .fragment import Fragment, Origin
from .messages import read_echo, read_message
from .people import read_contacts
from .reading import ident, moment, obj, phone, text
from .statuses import read_status
from .templates import read_template_change

Reader = Callable[[Fragment], Happening | Iterable[Happening]]

_CONVERSATION: dict[str, Reader] = {
    "messages": read_message,
    "statuses": read_status,
    "message_echoes": read_echo,
    "user_actions": relations.read_click,
}

_GROUPS: dict[str, Reader] = {"groups": relations.read_group}

_LISTS: dict[str, dict[str, Reader]] = {
    "messages": _CONVERSATION,
    "standby": _CONVERSATION,
    "smb_message_echoes": _CONVERSATION,
    "smb_app_state_sync": {"state_sync": coexistence.read_synced_contact},
    "history": {
        "history": coexistence.read_history_chunk,
        "messages": coexistence.read_history_message,
        "message_echoes": coexistence.read_history_echo,
    },
    "user_preferences": {"user_preferences": relations.read_preference},
    "user_id_update": {"user_id_update": relations.read_user_id_update},
    "calls": {"calls": read_call, "statuses": read_call_status},
    "group_lifecycle_update": _GROUPS,
    "group_participants_update": _GROUPS,
    "group_settings_update": _GROUPS,
    "group_status_update": _GROUPS,
}
"""Fields whose value holds lists: each element is a happening (or several)."""

_WHOLES: dict[str, Reader] = {
    "messaging_handovers": relations.read_handover,
    "message_template_status_update": read_template_change,
    "message_template_quality_update": read_template_change,
    "message_template_components_update": read_template_change,
    "template_category_update": read_template_change,
    "template_correct_category_detection": read_template_change,
    "phone_number_quality_update": account.read_number_quality,
    "phone_number_name_update": account.read_number_name,
    "account_update": account.read_account_update,
    "account_alerts": account.read_account_alert,
    "account_review_update": account.read_account_review,
    "business_capability_update": account.read_capability,
    "account_settings_update": account.read_settings,
    "security": account.read_security,
    "business_username_updates": account.read_business_username,
    "flows": account.read_flow,
    "automatic_events": account.read_recorded,
    "payment_configuration_update": account.read_recorded,
    "partner_solutions": account.read_recorded,
    "tracking_events": account.read_recorded,
}
"""Fields whose whole value is one happening."""


def read_change(
    change: dict[str, object], *, waba_id: str, entry_time: object, path: str
) -> Iterator[Happening]:
    value = change.get("value")
    if not isinstance(value, dict) or not value:
        yield Unknown(
            waba_id=waba_id,
            field=text(change.get("field")),
            reason="change without a value",
            at=moment(entry_time),
            raw=change,
            path=path,
        )
        return
    field = text(change.get("field")) or _field_of(value)
    origin = _origin(value, field, waba_id)
    whole = Fragment(value, f"{path}.value", origin, moment(entry_time))
    yield from _read_value(whole, field)


def _field_of(value: dict[str, object]) -> str:
    """Some PARTNER_* events come without a field; the keys tell."""
    for field, lists in _LISTS.items():
        if any(key in value for key in lists):
            return field
    return "account_update" if "event" in value and "waba_info" in value else ""


def _origin(value: dict[str, object], field: str, waba_id: str) -> Origin:
    # Handovers say `recipient` for what is `metadata` elsewhere; others say neither.
    ours = obj(value.get("metadata")) or obj(value.get("recipient")) or value
    return Origin(
        waba_id=waba_id,
        phone_number_id=ident(ours.get("phone_number_id")),
        display_phone_number=phone(ours.get("display_phone_number")),
        field=field,
        contacts=read_contacts(value),
        standby=field == "standby",
        historic=field == "history",
    )


def _read_value(whole: Fragment, field: str) -> Iterator[Happening]:
    if field in _WHOLES:
        yield from _guarded(_WHOLES[field], whole)
        return
    if field == "standby" and isinstance(whole.raw.get("standby"), dict):
        whole = _inner(whole)
    readers = _LISTS.get(field)
    if readers is None:
        yield whole.unknown("unknown field")
        return
    found = False
    for happening in _read_lists(whole, readers):
        found = True
        yield happening
    if not found:
        yield whole.unknown("nothing we know in it")


def _inner(whole: Fragment) -> Fragment:
    value = obj(whole.raw.get("standby"))
    origin = replace(whole.origin, contacts=read_contacts(value))
    return Fragment(value, f"{whole.path}.standby", origin, whole.at)


def _read_lists(whole: Fragment, readers: dict[str, Reader]) -> Iterator[Happening]:
    for key, reader in readers.items():
        if whole.raw.get(key) is not None:
            yield from _read_list(whole, key, reader)
    if readers is _CONVERSATION:
        yield from _read_beside(whole)


def _read_list(whole: Fragment, key: str, reader: Reader) -> Iterator[Happening]:
    path, listed = f"{whole.path}.{key}", whole.raw[key]
    if not isinstance(listed, list):
        yield Fragment({"item": listed}, path, whole.origin, whole.at).unknown("no list")
        return
    for number, item in enumerate(listed):
        place = f"{path}[{number}]"
        if type(item) is dict:
            fragment = Fragment(item, place, whole.origin, whole.at)
            yield from _guarded(reader, fragment)
        else:
            odd = Fragment({"item": item}, place, whole.origin, whole.at)
            yield odd.unknown("no object")


def _read_beside(whole: Fragment) -> Iterator[Happening]:
    """What a conversation's value may hold besides its lists."""
    if "errors" in whole.raw and (errors := read_problems(whole.raw["errors"])):
        item: dict[str, object] = {"item": whole.raw["errors"]}
        part = Fragment(item, f"{whole.path}.errors", whole.origin, whole.at)
        yield ProblemsReported(**part.head(), errors=errors)
    context = whole.raw.get("conversation_context")
    if isinstance(context, dict):
        path = f"{whole.path}.conversation_context"
        part = Fragment(context, path, whole.origin, whole.at)
        yield from _guarded(relations.read_summary, part)


def _guarded(reader: Reader, fragment: Fragment) -> Iterable[Happening]:
    try:
        read = reader(fragment)
        return (read,) if isinstance(read, Happening) else list(read)
    except Exception as mistake:  # the readers are total; should one not be, only it is lost
        return (fragment.unknown(f"{type(mistake).__name__} while reading"),)
