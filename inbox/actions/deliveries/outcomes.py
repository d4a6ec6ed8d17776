"""What came of a call, stored: sent, again later, in doubt, or failed with a reason.

The classes of errors are a table in ``inbox.whatsapp.errors``; here stands what each does.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import IntegrityError, transaction

from consent import gate
from inbox import nudges, tasks
from inbox.actions import number_events
from inbox.actions.deliveries import circuits, endings, rates
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
    with transaction.atomic():
        message = _hold(parcel.message)
        _remember_upload(message, report, now)
        if report.accepted:
            _accept(message, report.accepted.wamid, now)
        elif report.error and message.status in {Status.SENDING, Status.UNCERTAIN}:
            _refused(message, parcel, report, report.error, now)
    if report.error:
        _tell_number(parcel.channel, report.error, now)
    if report.accepted:
        _apply_what_waited(message)


def _hold(claimed: Message) -> Message:
    """Conversation first, then message: the order everybody keeps."""
    conversations = Conversation.objects.select_for_update(no_key=True, of=("self",))
    conversation = conversations.select_related("contact", "channel").get(
        pk=claimed.conversation_id
    )
    messages = Message.objects.select_for_update(no_key=True, of=("self",))
    message = messages.get(pk=claimed.pk)
    message.conversation = conversation
    return message


def _remember_upload(message: Message, report: Report, now: datetime) -> None:
    if report.media_id:
        message.attachments.update(media_id=report.media_id, media_id_at=now)


def _accept(message: Message, wamid: str, now: datetime) -> None:
    fields: dict[str, object] = {"due_at": None}
    if message.sent_at is None:
        fields["sent_at"] = now
    if Message.RANK[message.status] < Message.RANK[Status.SENT]:
        fields |= {"status": Status.SENT, "failure_class": "", "failure_code": None}
        fields |= {"failure_detail": ""}
    endings.change(message, **fields)
    _name(message, wamid)
    endings.show(message)


def _name(message: Message, wamid: str) -> None:
    """Its id at WhatsApp; an echo of the message may have come first and taken it."""
    if message.wamid:
        return
    try:
        with transaction.atomic():
            endings.change(message, wamid=wamid)
    except IntegrityError:
        message.wamid = None


def _refused(
    message: Message, parcel: Parcel, report: Report, error: GraphError, now: datetime
) -> None:
    in_doubt = error.kind is ErrorClass.RETRY_DOUBTFUL and report.had_left
    if error.kind.stops_channel:
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
    endings.show(message)


def _later(message: Message, error: GraphError, now: datetime) -> None:
    if error.code == PAIR_LIMIT:
        message.conversation.pair_tokens = 0
        message.conversation.pair_refilled_at = now
        message.conversation.save(update_fields=["pair_tokens", "pair_refilled_at"])
    pause = pause_after(error, message.attempts)
    if pause is None:
        _failed(message, error)
    else:
        _back_to_queue(message, error, now + pause, counts=True)


def _failed(message: Message, error: GraphError) -> None:
    endings.fail(message, error.kind, code=error.code, detail=error.details)
    if consequence := _CONSEQUENCES.get(error.kind):
        consequence(message, error)


def _close_window(message: Message, error: GraphError) -> None:
    """WhatsApp knows better: templates only, until the person writes again."""
    conversation = message.conversation
    gate.deny_window(conversation.contact.consent_subject, conversation.channel.phone_number_id)
    if conversation.window_expires_at and message.failed_at:
        conversation.window_expires_at = min(conversation.window_expires_at, message.failed_at)
        conversation.changed_at = message.failed_at
        conversation.save(update_fields=["window_expires_at", "changed_at"])


def _obey_opt_out(message: Message, error: GraphError) -> None:
    if error.code == STOPPED_MARKETING and message.failed_at:
        subject = message.conversation.contact.consent_subject
        gate.object_to_advertising(subject, at=message.failed_at, by="platform")


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


_CONSEQUENCES: dict[ErrorClass, Callable[[Message, GraphError], None]] = {
    ErrorClass.NEED_TEMPLATE: _close_window,
    ErrorClass.RECIPIENT_MARKETING: _obey_opt_out,
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
    from inbox.actions import inbound

    inbound.apply_waiting(message)
