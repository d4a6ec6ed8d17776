"""The call itself: one claimed message to the Graph API, on a thread, without the database."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from django.utils import timezone

from inbox import graph
from inbox.actions.deliveries import uploads
from inbox.actions.deliveries.bodies import file_of, outgoing_of
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
    media_id, is_new = "", False
    try:
        media_id, is_new = _media_id(parcel)
        outgoing = outgoing_of(parcel.message, media_id=media_id, template=parcel.template)
        outgoing.to_body()  # raises what WhatsApp would refuse, before anything left
    except Exception as exc:
        return Report(error=_error_of(exc, parcel), media_id=media_id if is_new else "")
    return _send(parcel, outgoing, media_id if is_new else "")


def _media_id(parcel: Parcel) -> tuple[str, bool]:
    attachment = file_of(parcel.message)
    if attachment is None:
        return "", False
    if uploads.is_fresh(attachment, timezone.now()):
        return attachment.media_id, False
    return uploads.upload(attachment, parcel.channel), True


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
