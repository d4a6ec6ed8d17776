"""What happened to a number, in the reader's words, with Meta's own word where it says more."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from inbox import number_words
from inbox.models import ChannelEvent, Template
from inbox.views.settings.template_words import rejection

SENTENCES: dict[str, str | Promise] = {
    # What Meta said: the names of its webhook fields.
    "phone_number_quality_update": _("The quality or limit of the number changed"),
    "phone_number_name_update": _("Meta decided about the name of the number"),
    "account_update": _("The account changed"),
    "account_alerts": _("Meta warns about the account"),
    "account_review_update": _("Meta reviewed the account"),
    "business_capability_update": _("What the business may do changed"),
    "account_settings_update": _("The settings of the number changed at Meta"),
    "security": _("Something about the security of the number"),
    "business_username_updates": _("The user name of the business changed"),
    "flows": _("Something about a form"),
    "message_template_status_update": _("The state of a template changed"),
    "message_template_quality_update": _("The quality of a template changed"),
    "message_template_components_update": _("A template was changed"),
    "template_category_update": _("The category of a template changed"),
    "template_correct_category_detection": _("Meta finds another category right"),
    "errors": _("Meta reported a problem"),
    "history": _("Older messages were handed over"),
    "history_declined": _("Older messages are not handed over"),
    **dict.fromkeys(
        (
            "group_lifecycle_update",
            "group_participants_update",
            "group_settings_update",
            "group_status_update",
        ),
        _("Something about a group"),
    ),
    "automatic_events": _("Meta noticed an inquiry or a purchase in a conversation"),
    "payment_configuration_update": _("The settings for payments changed at Meta"),
    "partner_solutions": _("Something about a partner of the account"),
    "tracking_events": _("Meta reported how advertisements do"),
    # What our own sending taught us.
    "circuit_opened": _("Sending was stopped"),
    "circuit_closed": _("Sending works again"),
    "sending_refused": _("WhatsApp refused to send"),
    # What an admin did.
    "connected": _("The number was connected"),
    "reconnected": _("The number was connected once more"),
    "settings_changed": _("The settings were changed"),
    "routing_changed": _("Who gets its conversations was changed"),
    "token_changed": _("The access token was replaced"),
    "verify_token_changed": _("The verify token was replaced"),
    "app_secret_added": _("An app secret was added"),
    "app_secret_removed": _("An app secret was removed"),
    "automatic_text_changed": _("An automatic text was changed"),
    "retired": _("The number was given up"),
}
# The parts of Meta's words worth a glance, in this order.
_TELLING = (
    *("event", "decision", "current_limit", "message_template_name", "new_quality_score"),
    *("new_category", "correct_category", "reason", "violation_type", "alert_type"),
    *("alert_description", "title", "message", "username", "class", "code", "details"),
    "by_name",
)
# Where some news hold what matters.
_INNER = ("alert_info", "ban_info", "violation_info", "errors", "item")
LONGEST = 200
# What became of a template, a limit, a PIN; the account's events are in number_words.
_EVENTS: dict[str, str | Promise] = {
    **number_words.ACCOUNTS,
    **dict(Template.Status.choices),
    "FLAGGED": number_words.QUALITIES["FLAGGED"],
    "UNFLAGGED": number_words.QUALITIES["UNFLAGGED"],
    "UPGRADE": _("limit raised"),
    "DOWNGRADE": _("limit lowered"),
    "ONBOARDING": _("limit set"),
    "THROUGHPUT_UPGRADE": _("sends faster now"),
    "REINSTATED": _("allowed again"),
    "LOCKED": _("locked"),
    "UNARCHIVED": _("taken out of the archive"),
    "PIN_CHANGED": _("the PIN was changed"),
    "PIN_RESET_REQUEST": _("somebody asks for a new PIN"),
    "PIN_REQUEST_SUCCESS": _("a new PIN was set"),
}
_IN_WORDS: dict[str, Callable[[str], str]] = {
    "event": lambda word: str(_EVENTS.get(word, word)),
    "decision": number_words.name_state,
    "current_limit": number_words.limit,
    "new_quality_score": number_words.quality,
    "new_category": lambda word: Template(category=word).category_name,
    "correct_category": lambda word: Template(category=word).category_name,
    "reason": rejection,
    "username": lambda word: f"@{word}",
}


def sentence(event: ChannelEvent) -> str:
    facts = _facts(event.data if isinstance(event.data, dict) else {})
    kind = event.kind
    if "correct_category" in facts and "new_category" not in facts:
        kind = "template_correct_category_detection"
    words = [str(SENTENCES.get(kind, kind))]
    for key in _TELLING:
        word = facts.get(key)
        if isinstance(word, str | int) and word and word != "NONE":
            said = _IN_WORDS.get(key, str)(str(word)[:LONGEST])
            if said not in words:
                words.append(said)
    return " · ".join(words)


def _facts(data: dict[str, Any]) -> dict[str, Any]:
    """What was said, with what some news hold one level deeper."""
    facts = dict(data)
    for key in _INNER:
        inner = _first(data.get(key))
        if isinstance(inner, dict):
            facts |= inner
    # What a ban has come to says more than that there is one.
    facts["event"] = _first(facts.get("waba_ban_state"), last=True) or facts.get("event")
    return facts


def _first(value: object, *, last: bool = False) -> object:
    """Of a list its first or last; anything else as it is."""
    if isinstance(value, list):
        return value[-1 if last else 0] if value else None
    return value
