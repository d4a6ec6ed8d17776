"""Voice calls. We log them; answering one needs more than a webhook."""

from __future__ import annotations

from inbox.whatsapp.happenings import CallHappened, Happening

from .contents import read_problems
from .fragment import Fragment
from .people import person_under
from .reading import ident, moment, phone, text, whole


def read_call(fragment: Fragment) -> Happening:
    call = fragment.raw
    call_id = ident(call.get("id"))
    if not call_id:
        return fragment.unknown("call without an id")
    from_us = _is_from_us(fragment)
    event, status = text(call.get("event")), text(call.get("status")).upper()
    return CallHappened(
        **fragment.head(),
        person=fragment.complete(person_under(call, "to" if from_us else "from")),
        standby=fragment.origin.standby,
        call_id=call_id,
        event=event,
        status=status,
        from_us=from_us,
        started_at=moment(call.get("start_time")),
        ended_at=moment(call.get("end_time")),
        duration=whole(call.get("duration")),
        callback_data=text(call.get("biz_opaque_callback_data")),
        deeplink_payload=text(call.get("deeplink_payload")),
        cta_payload=text(call.get("cta_payload")),
        # Theirs opens it answered or not, ours only once they have taken it.
        opens_window=not from_us or (event == "terminate" and status == "COMPLETED"),
        errors=read_problems(call.get("errors")),
    )


def _is_from_us(fragment: Fragment) -> bool:
    direction = text(fragment.raw.get("direction")).upper()
    if direction:
        return direction == "BUSINESS_INITIATED"
    ours = fragment.origin.display_phone_number
    return phone(fragment.raw.get("from")) == ours != ""


def read_call_status(fragment: Fragment) -> Happening:
    """Only calls that we make have these."""
    status = fragment.raw
    call_id, word = ident(status.get("id")), text(status.get("status")).upper()
    if not call_id or not word:
        return fragment.unknown("call status without id or word")
    recipient = person_under(status, "recipient", phone_key="recipient_id")
    return CallHappened(
        **fragment.head(),
        person=fragment.complete(recipient),
        standby=fragment.origin.standby,
        call_id=call_id,
        event="status",
        status=word,
        from_us=True,
        callback_data=text(status.get("biz_opaque_callback_data")),
        opens_window=word == "ACCEPTED",
        errors=read_problems(status.get("errors")),
    )
