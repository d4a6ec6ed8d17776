"""What was parked and why, in the reader's words, with our own short word for technicians.

A reason is stored as a short fixed word, such as ``names nobody``, or as the name of a mistake
of Python's with what it said. What is not known here, because it is older, is shown as it is.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from inbox.models import ParkedHappening

Words = dict[str, str | Promise]

_MISSHAPEN = _("It is not built the way WhatsApp builds what it sends.")
_INCOMPLETE = _("A part that is needed is missing or cannot be read.")
_UNHEARD_OF = _("WhatsApp tells something this version of the desk does not know.")
_MISTAKE = _("A mistake in the desk stopped it. Once it is mended, try again.")
_CROWDED = _("The same post held more odd pieces than are kept.")

REASONS: Words = {
    # It could not be applied.
    "speaks of a message that is not here": _("It speaks of a message that is not here."),
    "speaks of a message of the other side": _("It changes a message somebody else wrote."),
    "names nobody": _("It does not say whom it is about."),
    "names no new id": _("It says that an id changed, but not to what."),
    "names no number": _("It does not say for which number it is, and there are several."),
    "the message's id is too long": _("The message's id is longer than WhatsApp allows."),
    "the person's id is too long": _("The person's id is longer than WhatsApp allows."),
    # It was tried again in vain.
    "the webhook has been wiped": _("What WhatsApp sent is no longer kept."),
    "it is still not about a number of ours": _("It is about no number that is connected."),
    # It could not be read.
    "no object": _MISSHAPEN,
    "no list": _MISSHAPEN,
    "no entries": _MISSHAPEN,
    "no changes": _MISSHAPEN,
    "change without a value": _MISSHAPEN,
    "not about WhatsApp": _("It is about another product of Meta's."),
    "unknown field": _UNHEARD_OF,
    "nothing we know in it": _UNHEARD_OF,
    "handover of an unknown kind": _UNHEARD_OF,
    "status of something else": _UNHEARD_OF,
    "synchronisation of something else": _UNHEARD_OF,
    "account update without an event": _INCOMPLETE,
    "call status without id or word": _INCOMPLETE,
    "call without an id": _INCOMPLETE,
    "context without a summary": _INCOMPLETE,
    "edit we cannot read": _INCOMPLETE,
    "group without an id": _INCOMPLETE,
    "id update without ids": _INCOMPLETE,
    "message without an id": _INCOMPLETE,
    "preference without a value": _INCOMPLETE,
    "reaction we cannot read": _INCOMPLETE,
    "revoke we cannot read": _INCOMPLETE,
    "status without id or word": _INCOMPLETE,
    "template change without a template": _INCOMPLETE,
    "thread without messages": _INCOMPLETE,
}
_PATTERNS = (
    (re.compile(r"[A-Z]\w*(:.*| while reading)?", re.DOTALL), _MISTAKE),
    (re.compile(r"\d+ more odd pieces"), _CROWDED),
)

KINDS: Words = {
    "MessageReceived": _("Message of a customer"),
    "EchoReceived": _("Message sent from the phone"),
    "HistoryMessage": _("Message from earlier"),
    "HistoryProgressed": _("Messages from earlier"),
    "HistoryDeclined": _("Messages from earlier"),
    "ReactionReceived": _("Reaction"),
    "MessageEdited": _("Edited message"),
    "MessageRevoked": _("Deleted message"),
    "StatusReported": _("News of a message of ours"),
    "NumberChanged": _("New number of a customer"),
    "UserIdChanged": _("New id of a customer"),
    "IdentityKeyChanged": _("New device of a customer"),
    "ContactSynced": _("Contact from the phone"),
    "PreferenceStated": _("Wish about advertising"),
    "CallHappened": _("Call"),
    "ClickTracked": _("Click on a link"),
    "GroupChanged": _("Group"),
    "SummaryGiven": _("Summary of a conversation"),
    "OwnershipChanged": _("Handover of a conversation"),
    "SystemNoted": _("Notice of WhatsApp"),
    "ProblemsReported": _("Problem reported by Meta"),
    "TemplateStatusChanged": _("State of a template"),
    "TemplateQualityChanged": _("Quality of a template"),
    "TemplateComponentsChanged": _("Change of a template"),
    "TemplateCategoryChanged": _("Category of a template"),
    "NumberQualityChanged": _("Quality of the number"),
    "NumberNameDecided": _("Name of the number"),
    "NumberSettingsChanged": _("Settings of the number"),
    "AccountUpdated": _("News of the account"),
    "AccountAlerted": _("News of the account"),
    "AccountReviewed": _("News of the account"),
    "CapabilityChanged": _("Rights of the business"),
    "SecurityEvent": _("Security of the number"),
    "BusinessUsernameChanged": _("User name of the business"),
    "FlowEvent": _("Form"),
    "Recorded": _("News without consequence"),
    "Unknown": _("Unknown"),
    "Unreadable": _("Unreadable"),
}


class Told(NamedTuple):
    """Words a person reads, and beside them what a technician looks for (or nothing)."""

    words: str
    detail: str


def reason(parked: ParkedHappening) -> Told:
    if parked.kind == "Unreadable":
        return Told(str(_MISSHAPEN), parked.reason)
    words = REASONS.get(parked.reason) or next(
        (words for pattern, words in _PATTERNS if pattern.fullmatch(parked.reason)), None
    )
    return Told(str(words), parked.reason) if words else Told(parked.reason, "")


def kind(parked: ParkedHappening) -> Told:
    words = KINDS.get(parked.kind)
    return Told(str(words), parked.kind) if words else Told(parked.kind, "")
