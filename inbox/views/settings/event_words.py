"""What happened to a number, in the reader's words, with Meta's own word where it says more."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from inbox import number_words
from inbox.models import ChannelEvent, Template

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
    "errors": _("Meta reported a problem"),
    "history": _("Older messages were handed over"),
    "history_declined": _("Older messages are not handed over"),
    "groups": _("Something about a group"),
    # What our own sending taught us.
    "circuit_opened": _("Sending was stopped"),
    "circuit_closed": _("Sending works again"),
    "sending_refused": _("WhatsApp refused to send"),
    # What an admin did.
    "connected": _("The number was connected"),
    "reconnected": _("The number was connected once more"),
    "settings_changed": _("The settings were changed"),
    "token_changed": _("The access token was replaced"),
    "verify_token_changed": _("The verify token was replaced"),
    "app_secret_added": _("An app secret was added"),
    "app_secret_removed": _("An app secret was removed"),
    "retired": _("The number was given up"),
}
# The parts of Meta's words worth a glance, in this order.
_TELLING = (
    *("event", "decision", "current_limit", "message_template_name", "new_quality_score"),
    *("new_category", "reason", "alert_type", "title", "class", "code", "details", "by_name"),
)
LONGEST = 200
# What became of a template or of a limit; the account's events are in number_words.
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
}
_IN_WORDS: dict[str, Callable[[str], str]] = {
    "event": lambda word: str(_EVENTS.get(word, word)),
    "decision": number_words.name_state,
    "current_limit": number_words.limit,
    "new_quality_score": number_words.quality,
    "new_category": lambda word: Template(category=word).category_name,
}


def sentence(event: ChannelEvent) -> str:
    words = [str(SENTENCES.get(event.kind, event.kind))]
    data = event.data if isinstance(event.data, dict) else {}
    for key in _TELLING:
        if isinstance(data.get(key), str | int) and data[key]:
            word = str(data[key])[:LONGEST]
            words.append(_IN_WORDS.get(key, str)(word))
    return " · ".join(words)
