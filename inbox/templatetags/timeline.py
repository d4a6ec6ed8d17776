"""Events of the timeline as one sentence each, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from inbox import rule_words
from inbox.models import Conversation, Message
from inbox.names import format_phone
from inbox.templatetags import assignment_words, attention_words

register = template.Library()
Content = dict[str, Any]


@register.filter
def event_sentence(message: Message) -> str:
    """What happened. Names and Meta's words in it are plain text: escape it."""
    return sentence_of(message.content, message.author.name if message.author else "")


def sentence_of(content: object, who: str) -> str:
    """``who`` is the agent's name, or nothing when it came about by itself."""
    if not isinstance(content, dict):
        content = {}
    word = str(content.get("event", ""))
    who = who or rule_words.name_in(content)
    if word in BY_AGENTS and (who or word not in BY_THEMSELVES):
        return BY_AGENTS[word](content, who or _("Supportdesk"))
    if word in BY_THEMSELVES:
        return BY_THEMSELVES[word](content)
    return _("Something happened that this desk has no words for (%(word)s).") % {
        "word": word[:60]
    }


def _closed(content: Content, who: str) -> str:
    return _("%(who)s closed the conversation") % {"who": who}


def _reopened(content: Content, who: str) -> str:
    return _("%(who)s reopened the conversation") % {"who": who}


def _snoozed(content: Content, who: str) -> str:
    if "until" not in content:
        return _("%(who)s put the conversation off until the customer writes") % {"who": who}
    until = _moment(content, "until")
    return _("%(who)s put the conversation off until %(until)s") % {"who": who, "until": until}


def _priority(content: Content, who: str) -> str:
    names: dict[object, str] = {
        value: str(label) for value, label in Conversation.Priority.choices
    }
    level = names.get(content.get("priority"), _text(content, "priority"))
    return _("%(who)s set the priority to “%(level)s”") % {"who": who, "level": level}


def _renamed(content: Content, who: str) -> str:
    return _("%(who)s changed the name of the contact") % {"who": who}


def _language(content: Content, who: str) -> str:
    return _("%(who)s changed the language of the contact") % {"who": who}


def _address_form(content: Content, who: str) -> str:
    return _("%(who)s changed how the contact is addressed") % {"who": who}


def _labelled(content: Content, who: str) -> str:
    label = _text(content, "label")
    return _("%(who)s added the label “%(label)s”") % {"who": who, "label": label}


def _unlabelled(content: Content, who: str) -> str:
    label = _text(content, "label")
    return _("%(who)s removed the label “%(label)s”") % {"who": who, "label": label}


def _contact_labelled(content: Content, who: str) -> str:
    label = _text(content, "label")
    return _("%(who)s gave the contact the label “%(label)s”") % {"who": who, "label": label}


def _contact_unlabelled(content: Content, who: str) -> str:
    label = _text(content, "label")
    return _("%(who)s took the label “%(label)s” off the contact") % {
        "who": who,
        "label": label,
    }


def _contacts_merged(content: Content, who: str) -> str:
    return _("%(who)s merged two contacts: they are one person") % {"who": who}


def _contacts_split(content: Content, who: str) -> str:
    return _("%(who)s split a merged contact into two again") % {"who": who}


def _blocked(content: Content, who: str) -> str:
    return _("%(who)s blocked this person") % {"who": who}


def _unblocked(content: Content, who: str) -> str:
    return _("%(who)s unblocked this person") % {"who": who}


def _written_first(content: Content, who: str) -> str:
    return _("%(who)s wrote first: the conversation began") % {"who": who}


def _written_again(content: Content) -> str:
    return _("The customer wrote again: the conversation is open again")


def _opened(content: Content) -> str:
    return _("The conversation began")


def _woken(content: Content) -> str:
    return _("The conversation is back: it had been put off")


def _number_changed(content: Content) -> str:
    old, new = _phone(content, "old", "from"), _phone(content, "new", "to")
    if old and new:
        return _("The customer's number changed from %(old)s to %(new)s") % {
            "old": old,
            "new": new,
        }
    if old:
        return _("The number %(old)s is no longer this customer's") % {"old": old}
    return _("The customer's number changed")


def _user_id_changed(content: Content) -> str:
    return _("WhatsApp gave the customer a new id; it is still the same person")


def _identity_key_changed(content: Content) -> str:
    return _(
        "The customer's security code changed: a new phone, or a new installation. "
        "If in doubt, ask who is writing before you say anything personal"
    )


def _call(content: Content) -> str:
    seconds = content.get("duration")
    if isinstance(seconds, int) and seconds > 0:
        return _("Call, %(minutes)d:%(seconds)02d min") % {
            "minutes": seconds // 60,
            "seconds": seconds % 60,
        }
    status = str(content.get("status", "")).upper()
    answered = status in {"ACCEPTED", "COMPLETED"}
    if content.get("from_us"):
        # Until its end is told it may still ring, or be talked in.
        goes_on = answered or status in {"", "RINGING"}
        return _("Call to the customer") if goes_on else _("Call to the customer, not answered")
    return _("Call from the customer") if answered else _("Missed call from the customer")


def _ownership(content: Content) -> str:
    if content.get("elsewhere", content.get("owned_elsewhere")):
        return _("Another app answers this person now. Writing here takes over again")
    return _("The conversation is answered here again")


def _preference(content: Content) -> str:
    match content.get("value"):
        case "stop":
            return _("The customer switched off advertising in WhatsApp")
        case "resume":
            return _("The customer allows advertising in WhatsApp again")
    return _("The customer changed what they want to receive")


def _opted_out(content: Content) -> str:
    if content.get("wish") in {"no_contact", "NO_CONTACT"}:
        return _("The customer does not want to be written to any more")
    return _("The customer does not want advertising any more")


def _group(content: Content) -> str:
    return _("Something changed in a WhatsApp group of this number")


def _click(content: Content) -> str:
    return _("The customer tapped a link in one of our messages")


def _system(content: Content) -> str:
    text = _text(content, "body") or _text(content, "text")
    return _("WhatsApp says: %(text)s") % {"text": text} if text else _("Note from WhatsApp")


def _summary(content: Content) -> str:
    text = _text(content, "text") or _text(content, "summary")
    return _("Summary by the other app: %(text)s") % {"text": text}


def _text(content: Content, key: str) -> str:
    value = content.get(key, "")
    return str(value)[:1000] if isinstance(value, str | int | float) else ""


def _phone(content: Content, *keys: str) -> str:
    for key in keys:
        digits = _text(content, key)
        if digits.isascii() and digits.isdigit():
            return format_phone(digits)
    return ""


def _moment(content: Content, key: str) -> str:
    try:
        moment = datetime.fromisoformat(_text(content, key))
    except ValueError:
        return "…"
    if timezone.is_naive(moment):
        return "…"
    return date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT")


BY_AGENTS: dict[str, Callable[[Content, str], str]] = {
    **assignment_words.BY_AGENTS,
    **attention_words.BY_AGENTS,
    "closed": _closed,
    "reopened": _reopened,
    "snoozed": _snoozed,
    "priority": _priority,
    "renamed": _renamed,
    "language": _language,
    "address_form": _address_form,
    "labelled": _labelled,
    "unlabelled": _unlabelled,
    "contact_labelled": _contact_labelled,
    "contact_unlabelled": _contact_unlabelled,
    "contacts_merged": _contacts_merged,
    "contacts_split": _contacts_split,
    "blocked": _blocked,
    "unblocked": _unblocked,
    "written_first": _written_first,
    "rule_fired": rule_words.applied,
    "rule_called": rule_words.called,
}
BY_THEMSELVES: dict[str, Callable[[Content], str]] = {
    **assignment_words.BY_THEMSELVES,
    **attention_words.BY_THEMSELVES,
    "opened": _opened,
    "reopened": _written_again,
    "woken": _woken,
    "number_changed": _number_changed,
    "user_id_changed": _user_id_changed,
    "identity_key_changed": _identity_key_changed,
    "call": _call,
    "ownership": _ownership,
    "preference": _preference,
    "opted_out": _opted_out,
    "group": _group,
    "click": _click,
    "system": _system,
    "summary": _summary,
}
