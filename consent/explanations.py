"""Each reason as a sentence for agents, with the way out."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from consent.rules import Reason

SENTENCES: dict[Reason, str | Promise] = {
    Reason.OK: _("Allowed."),
    Reason.OUT_OF_WINDOW: _(
        "More than 24 hours have passed since this person last wrote. "
        "WhatsApp only lets you send a template now."
    ),
    Reason.NO_CONSENT: _(
        "This person has not agreed to advertising. Choose a template that is about their "
        "own order or request."
    ),
    Reason.OBJECTED: _(
        "This person does not want advertising. You may answer what they ask, and send "
        "templates about their own order or request."
    ),
    Reason.CONTACT_BAN: _(
        "This person asked us not to write to them any more. You may only answer when they "
        "write themselves."
    ),
    Reason.UNKNOWN_CLASS: _(
        "It is not known what kind of message this is, so it may not be sent. "
        "Ask an admin to check the template's category."
    ),
    Reason.ERROR: _(
        "Whether this message is allowed could not be checked, so it was not sent. Try again."
    ),
}


def is_reason(word: str) -> bool:
    """Whether a stored word is one of our reasons (and not, say, an error of WhatsApp's)."""
    return word in set(Reason)


def sentence_for(reason: str) -> str | Promise:
    """The sentence for a stored reason code; unknown codes read as an error."""
    return SENTENCES[Reason(reason) if is_reason(reason) else Reason.ERROR]
