"""Why a message did not go out, as a sentence; and whether it may be sent once more."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from consent import gate
from inbox.models import Message
from inbox.whatsapp import ErrorClass
from inbox.whatsapp import sentence_for as whatsapp_sentence_for

Status = Message.Status

# Our own words in ``failure_class``, beside the classes of WhatsApp and the gate's reasons.
DISCARDED = "discarded"
BLOCKED = "blocked"
RESTRICTED = "restricted"
RETIRED = "retired"

_OURS: dict[str, str | Promise] = {
    DISCARDED: _("This message was taken back before it left."),
    BLOCKED: _("You have blocked this person. Unblock them before you write."),
    RETIRED: _("This number is not in use any more."),
    RESTRICTED: _("WhatsApp restricts this number at the moment. Try again later."),
}


def sentence_for(message: Message) -> str:
    """In the reader's language; "" while nothing is wrong."""
    if not message.failure_class:
        return ""
    return str(_sentence(message.failure_class, message.failure_code))


def sentence_of(word: str) -> str:
    """The sentence for one of our own words."""
    return str(_OURS[word])


def _sentence(failure_class: str, code: int | None) -> str | Promise:
    if failure_class in _OURS:
        return _OURS[failure_class]
    if gate.is_reason(failure_class):
        return gate.sentence_for(failure_class)
    known = failure_class in set(ErrorClass)
    return whatsapp_sentence_for(
        ErrorClass(failure_class) if known else ErrorClass.UNKNOWN, code
    )


def can_resend(message: Message) -> bool:
    """A person may send it again: it failed, or its fate stayed unknown for two minutes."""
    if not message.is_outgoing or message.origin != Message.Origin.AGENT:
        return False
    if "resent_as" in message.content or message.kind == Message.Kind.REACTION:
        return False
    if message.status == Status.UNCERTAIN:
        return message.due_at is None
    return message.status == Status.FAILED
