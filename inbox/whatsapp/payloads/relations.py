"""What people want of us and who looks after them: preferences, handovers, clicks, ids."""

from __future__ import annotations

from inbox.whatsapp.happenings import (
    ClickTracked,
    GroupChanged,
    Happening,
    OwnershipChanged,
    Person,
    PreferenceStated,
    SummaryGiven,
    UserIdChanged,
)

from .contents import read_problems
from .fragment import Fragment
from .reading import elements, ident, obj, phone, text


def read_preference(fragment: Fragment) -> Happening:
    stated = fragment.raw
    value = text(stated.get("value")).strip().lower()
    if not value:
        return fragment.unknown("preference without a value")
    return PreferenceStated(
        **fragment.head(),
        person=fragment.complete(_bare_person(stated)),
        category=text(stated.get("category")),
        value=value,
        detail=text(stated.get("detail")),
    )


def _bare_person(item: dict[str, object]) -> Person:
    return Person(
        bsuid=ident(item.get("user_id")),
        parent_bsuid=ident(item.get("parent_user_id")),
        phone=phone(item.get("wa_id")),
    )


def read_handover(fragment: Fragment) -> Happening:
    """`fragment` is the whole value; what changed stands under the name of its type."""
    value = fragment.raw
    kind = text(value.get("type")) or next((k for k in value if k.startswith("control_")), "")
    if not kind:
        return fragment.unknown("handover of an unknown kind")
    control = obj(value.get(kind))
    return OwnershipChanged(
        **fragment.head(),
        person=fragment.complete(_handed_over(obj(value.get("sender")))),
        type=kind,
        previous_owner_app_id=ident(control.get("previous_owner_app_id")),
        previous_owner_role=text(control.get("previous_owner_role")),
        new_owner_app_id=ident(control.get("new_owner_app_id")),
        new_owner_role=text(control.get("new_owner_role")),
        metadata=text(control.get("metadata")),
        summary=_summary(control.get("conversation_context")),
    )


def _handed_over(sender: dict[str, object]) -> Person:
    return Person(
        bsuid=ident(sender.get("user_id")),
        parent_bsuid=ident(sender.get("parent_user_id")),
        phone=phone(sender.get("phone_number")) or phone(sender.get("wa_id")),
    )


def _summary(context: object) -> str:
    return text(obj(obj(context).get("summary")).get("text"))


def read_summary(fragment: Fragment) -> Happening:
    summary = _summary(fragment.raw)
    if not summary:
        return fragment.unknown("context without a summary")
    return SummaryGiven(
        **fragment.head(),
        person=fragment.complete(Person()),
        standby=fragment.origin.standby,
        text=summary,
    )


def read_click(fragment: Fragment) -> Happening:
    action = fragment.raw
    kind = text(action.get("action_type"))
    data = obj(action.get(f"{kind}_data"))
    return ClickTracked(
        **fragment.head(),
        person=fragment.complete(_bare_person(action)),
        type=kind,
        tracking_token=text(data.get("tracking_token")),
        click_id=text(data.get("click_id")),
    )


def read_user_id_update(fragment: Fragment) -> Happening:
    """Documented for half a year of 2026, then replaced by a system message."""
    update = fragment.raw
    ids, parents = obj(update.get("user_id")), obj(update.get("parent_user_id"))
    number = phone(update.get("wa_id"))
    if not ids and not parents:
        return fragment.unknown("id update without ids")
    return UserIdChanged(
        **fragment.head(),
        person=_at(ids, parents, "previous", number),
        new=_at(ids, parents, "current", number),
    )


def _at(ids: dict[str, object], parents: dict[str, object], when: str, number: str) -> Person:
    return Person(
        bsuid=ident(ids.get(when)), parent_bsuid=ident(parents.get(when)), phone=number
    )


def read_group(fragment: Fragment) -> Happening:
    group = fragment.raw
    if not ident(group.get("group_id")) and not ident(group.get("request_id")):
        return fragment.unknown("group without an id")
    return GroupChanged(
        **fragment.head(),
        field=fragment.origin.field,
        group_id=ident(group.get("group_id")),
        type=text(group.get("type")),
        request_id=ident(group.get("request_id")),
        subject=text(group.get("subject")),
        invite_link=text(group.get("invite_link")),
        added=_members(group.get("added_participants")),
        removed=_members(group.get("removed_participants")),
        errors=read_problems(group.get("errors")),
    )


def _members(value: object) -> tuple[Person, ...]:
    entries = [obj(item) for item in elements(value)]
    members = [_member(entry) for entry in entries]
    return tuple(member for member in members if member.has_id)


def _member(entry: dict[str, object]) -> Person:
    named = _bare_person(entry)
    return named if named.has_id else Person(phone=phone(entry.get("input")))
