"""What came of a call, stored: sent, again later, in doubt, or failed with a reason.

The classes of errors are a table in ``inbox.whatsapp.errors``; here stands what each does.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from consent import gate
from inbox import nudges, tasks
from inbox.actions import inbound, number_events
from inbox.actions.deliveries import acceptance, circuits, endings, rates
from inbox.actions.deliveries.backoff import PAIR_LIMIT, pause_after
from inbox.actions.deliveries.calling import Report
from inbox.actions.deliveries.claiming import Parcel
from inbox.models import Attachment, Channel, Conversation, Message, Template
from inbox.whatsapp import ErrorClass, GraphError

STOPPED_MARKETING = 131050
TOO_FAST = 130429
Status = Message.Status


def settle(parcel: Parcel, report: Report, *, now: datetime) -> None:
    """Store the outcome. A status may have come first: what it said stays."""
    _remember_upload(parcel.message, report, now)
    if report.accepted:
        acceptance.store(parcel.message, report.accepted.wamid, now=now)
        endings.follow(parcel.message)
        _apply_what_waited(parcel.message)
    elif report.error:
        _settle_error(parcel, report, report.error, now)


def _remember_upload(message: Message, report: Report, now: datetime) -> None:
    if report.media_id:
        message.attachments.update(media_id=report.media_id, media_id_at=now)


def _settle_error(parcel: Parcel, report: Report, error: GraphError, now: datetime) -> None:
    with transaction.atomic():
        message = endings.hold(parcel.message.pk)
        if message.status in {Status.SENDING, Status.UNCERTAIN}:
            _refused(message, parcel, report, error, now)
    _draw_conclusions(message, error)
    endings.follow(message)
    _tell_number(parcel.channel, error, now)


def _refused(
    message: Message, parcel: Parcel, report: Report, error: GraphError, now: datetime
) -> None:
    in_doubt = error.kind is ErrorClass.RETRY_DOUBTFUL and report.had_left
    if message.status == Status.UNCERTAIN:
        # The sweeper gave up waiting for us, and a person may have sent it again since.
        if not in_doubt:
            _failed(message, error)
    elif error.kind.stops_channel:
        _back_to_queue(message, error, now, counts=False)
    elif error.kind is ErrorClass.BSUID and _has_phone_now(message, parcel):
        _back_to_queue(message, error, now, counts=True)
    elif in_doubt and not error.may_be_repeated:
        endings.doubt(message, error.kind, now=now, detail=error.details)
    elif _is_worth_repeating(error):
        _later(message, error, now)
    else:
        _failed(message, error)


def _is_worth_repeating(error: GraphError) -> bool:
    return error.may_be_repeated or error.kind is ErrorClass.RETRY_DOUBTFUL


def _has_phone_now(message: Message, parcel: Parcel) -> bool:
    """It went to a BSUID, and meanwhile the person told us their number."""
    known_then = parcel.message.conversation.contact.phone
    return bool(message.conversation.contact.phone) and not known_then


def _back_to_queue(
    message: Message, error: GraphError, due_at: datetime, *, counts: bool
) -> None:
    endings.change(
        message,
        status=Status.QUEUED,
        due_at=due_at,
        attempts=message.attempts if counts else max(message.attempts - 1, 0),
        failure_class=error.kind,
        failure_code=error.code,
        failure_detail=error.details,
    )


def _later(message: Message, error: GraphError, now: datetime) -> None:
    pause = pause_after(error, message.attempts)
    if pause is None:
        _failed(message, error)
    else:
        _back_to_queue(message, error, now + pause, counts=True)


def _failed(message: Message, error: GraphError) -> None:
    endings.fail(message, error.kind, code=error.code, detail=error.details)


def _draw_conclusions(message: Message, error: GraphError) -> None:
    """What an error says beyond the one message: about its person, window, template, file."""
    if conclusion := _BY_CODE.get(error.code or 0) or _BY_CLASS.get(error.kind):
        with transaction.atomic():
            conclusion(message, error)


def _empty_pair(message: Message, error: GraphError) -> None:
    """Too fast for this person, says WhatsApp: our own count was wrong."""
    pair = Conversation.objects.filter(pk=message.conversation_id)
    pair.update(pair_tokens=0, pair_refilled_at=timezone.now())


def _close_window(message: Message, error: GraphError) -> None:
    """WhatsApp knows better: templates only, until the person writes again."""
    conversation, now = message.conversation, timezone.now()
    gate.deny_window(conversation.contact.consent_subject, conversation.channel.phone_number_id)
    still_open = Conversation.objects.filter(pk=conversation.pk, window_expires_at__gt=now)
    still_open.update(window_expires_at=now, changed_at=now)


def _obey_opt_out(message: Message, error: GraphError) -> None:
    subject = message.conversation.contact.consent_subject
    gate.object_to_advertising(subject, at=timezone.now(), by="platform")


_TEMPLATE_STATES = {132015: Template.Status.PAUSED, 132016: Template.Status.DISABLED}


def _look_at_template(message: Message, error: GraphError) -> None:
    """Out of the picker at once where the error says why; the rest a sync tells."""
    channel = message.conversation.channel
    if state := _TEMPLATE_STATES.get(error.code or 0):
        Template.objects.filter(
            waba_id=channel.waba_id,
            name=message.content.get("name", ""),
            language=message.content.get("language", ""),
        ).update(status=state)
    nudges.after_commit(tasks.sync_templates, channel.pk)


def _forget_upload(message: Message, error: GraphError) -> None:
    """Whoever sends it again uploads it anew."""
    Attachment.objects.filter(message=message).update(media_id="", media_id_at=None)


Conclusion = Callable[[Message, GraphError], None]
_BY_CODE: dict[int, Conclusion] = {
    STOPPED_MARKETING: _obey_opt_out,
    PAIR_LIMIT: _empty_pair,
}
_BY_CLASS: dict[ErrorClass, Conclusion] = {
    ErrorClass.NEED_TEMPLATE: _close_window,
    ErrorClass.TEMPLATE: _look_at_template,
    ErrorClass.MEDIA: _forget_upload,
    ErrorClass.BAD_REQUEST: _forget_upload,
}


def _tell_number(channel: Channel, error: GraphError, now: datetime) -> None:
    """What an error says about the number, in a transaction of its own."""
    if error.kind.stops_channel:
        circuits.open_for(channel.pk, error, now=now)
    elif error.code == TOO_FAST:
        rates.halve(channel, now)
    elif error.kind in {ErrorClass.SPAM, ErrorClass.PAYMENT, ErrorClass.REGISTRATION}:
        number_events.record_refusal(channel, error, now=now)


def _apply_what_waited(message: Message) -> None:
    """Statuses that overtook our own answer are parked under its id."""
    if message.wamid:
        inbound.apply_waiting(message.channel, [message.wamid])
