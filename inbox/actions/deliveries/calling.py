"""The call itself: one claimed message to the Graph API, on a thread, without the database."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from django.utils import timezone

from inbox import graph
from inbox.actions.deliveries import uploads
from inbox.actions.deliveries.bodies import NO_FILE, Upload, outgoing_of
from inbox.actions.deliveries.claiming import Parcel
from inbox.whatsapp import Accepted, ErrorClass, GraphError, NotSendable, Outgoing

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Report:
    """What came of a call."""

    accepted: Accepted | None = None
    error: GraphError | None = None
    # Whether the message itself was on its way when it went wrong; an upload is not it.
    had_left: bool = False
    media_id: str = ""  # of a fresh upload


def call(parcel: Parcel) -> Report:
    """Never raises: whatever goes wrong is part of the report."""
    upload, new_id = NO_FILE, ""
    try:
        upload, new_id = _bring_file(parcel)
        outgoing = outgoing_of(parcel.message, upload=upload, template=parcel.template)
        outgoing.to_body()  # raises what WhatsApp would refuse, before anything left
    except Exception as exc:
        return Report(error=_error_of(exc, parcel), media_id=new_id)
    return _send(parcel, outgoing, new_id)


def _bring_file(parcel: Parcel) -> tuple[Upload, str]:
    """The file at WhatsApp, and its id there if it is new."""
    attachment = parcel.attachment
    if attachment is None:
        return NO_FILE, ""
    new_id = ""
    if not uploads.is_fresh(attachment, timezone.now()):
        new_id = uploads.upload(attachment, parcel.channel)
    media_id = new_id or attachment.media_id
    return Upload(attachment.kind, attachment.filename, media_id), new_id


def _send(parcel: Parcel, outgoing: Outgoing, media_id: str) -> Report:
    channel = parcel.channel
    try:
        accepted = graph.client_of(channel).send(
            channel.phone_number_id, outgoing, token=graph.token_of(channel)
        )
    except GraphError as exc:
        return Report(error=exc, had_left=True, media_id=media_id)
    except Exception:
        # A mistake of ours, and nobody knows whether the call was made: in doubt.
        logger.exception("message %s: the call broke off", parcel.message.pk)
        doubt = GraphError(ErrorClass.RETRY_DOUBTFUL, details="the call broke off")
        return Report(error=doubt, had_left=True, media_id=media_id)
    return Report(accepted=accepted, had_left=True, media_id=media_id)


def _error_of(exc: Exception, parcel: Parcel) -> GraphError:
    """What went wrong before the message left."""
    if isinstance(exc, GraphError):
        return exc
    if isinstance(exc, NotSendable):
        kind = ErrorClass.TEMPLATE if exc.field == "template" else ErrorClass.BAD_REQUEST
        return GraphError(kind, details=f"{exc.field}: {exc}")
    if isinstance(exc, OSError):
        logger.warning("message %s: its file could not be read", parcel.message.pk)
        return GraphError(ErrorClass.MEDIA, details="our file could not be read")
    logger.exception("message %s could not be prepared", parcel.message.pk)
    return GraphError(ErrorClass.UNKNOWN, details="could not be prepared")
