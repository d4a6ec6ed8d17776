"""What became of messages we sent."""

from __future__ import annotations

from datetime import datetime
from typing import TypedDict

from inbox.whatsapp.happenings import NOBODY, Happening, Person, StatusReported

from .calls import read_call_status
from .contents import read_problems
from .fragment import Fragment
from .people import person_under
from .reading import ident, maybe_flag, moment, obj, text


class ConversationHead(TypedDict, total=False):
    """What older accounts are told of Meta's own conversation."""

    conversation_id: str
    conversation_origin: str
    conversation_expires_at: datetime | None


def read_status(fragment: Fragment) -> Happening:
    status = fragment.raw
    kind = text(status.get("type"))
    if kind == "call":
        return read_call_status(fragment)
    wamid, word = ident(status.get("id")), text(status.get("status")).strip().lower()
    if not wamid or not word:
        return fragment.unknown("status without id or word")
    if kind not in ("", "message"):  # a payment that failed is no message that failed
        return fragment.unknown("status of something else")
    pricing = obj(status.get("pricing"))
    is_group = status.get("recipient_type") == "group"
    return StatusReported(
        **fragment.head(),
        person=NOBODY if is_group else _recipient(fragment),
        standby=fragment.origin.standby,
        wamid=wamid,
        status=word,
        callback_data=text(status.get("biz_opaque_callback_data")),
        group_id=ident(status.get("recipient_id")) if is_group else "",
        participant=_participant(status) if is_group else NOBODY,
        pricing_category=text(pricing.get("category")),
        pricing_type=text(pricing.get("type")),
        pricing_model=text(pricing.get("pricing_model")),
        billable=maybe_flag(pricing.get("billable")),
        **(_conversation(obj(status["conversation"])) if "conversation" in status else {}),
        errors=read_problems(status["errors"]) if "errors" in status else (),
    )


def _conversation(conversation: dict[str, object]) -> ConversationHead:
    return {
        "conversation_id": ident(conversation.get("id")),
        "conversation_origin": text(obj(conversation.get("origin")).get("type")),
        "conversation_expires_at": moment(conversation.get("expiration_timestamp")),
    }


def _recipient(fragment: Fragment) -> Person:
    told = person_under(fragment.raw, "recipient", phone_key="recipient_id")
    return fragment.complete(told)


def _participant(status: dict[str, object]) -> Person:
    return person_under(status, "recipient_participant", phone_key="recipient_participant_id")
