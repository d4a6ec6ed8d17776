"""The person beside a conversation, made ready for its stencil (inbox.stencils)."""

from __future__ import annotations

from functools import lru_cache
from html import escape
from typing import Any

from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from inbox import stencils
from inbox.addresses import address
from inbox.contact_fields import fields_shown
from inbox.forms.contact_fields import ValuesForm
from inbox.forms.contacts import ContactForm
from inbox.http import AgentRequest
from inbox.models import Contact, Conversation
from inbox.person_card import Consent, Earlier, PersonCard, card_of
from inbox.stencils import Word
from inbox.templatetags.moments import moment
from inbox.templatetags.people import avatar
from inbox.views import following
from inbox.views.label_chips import chips

TEMPLATE = "inbox/_person.html"
_NAME = "nameofthecontactplace"  # stands for it in the form, which is drawn once


def draw(
    request: AgentRequest,
    conversation: Conversation,
    hidden: tuple[int, ...],
    form: ContactForm | None = None,
    values: ValuesForm | None = None,
) -> SafeString:
    """The whole panel; forms: with what was typed and what is wrong with it."""
    card = card_of(conversation, hidden, request.user)
    token = get_token(request)
    own = _own_fields(conversation, token, values)
    followers = following.part_of(conversation, request.user, token)
    shown = {"card": _card(card, conversation, token, form) | own | {"followers": followers}}
    return stencils.draw(TEMPLATE, {"person": head_of(conversation) | shown})


def head_of(conversation: Conversation) -> dict[str, Any]:
    """Who it is: all that is known without a query. The panel fetches the rest."""
    contact = conversation.contact
    return {
        "code": str(conversation.code),
        "url": address("person", conversation.code),
        "contact_url": address("contact", contact.code),
        "avatar": avatar(contact, size="l"),
        "name": contact.display_name,
        "since": date_format(timezone.localtime(contact.created_at), "F Y"),
        "card": None,
    }


def _card(
    card: PersonCard, conversation: Conversation, token: str, form: ContactForm | None
) -> dict[str, Any]:
    contact = conversation.contact
    is_renamed = bool(contact.name) and contact.name != contact.profile_name
    return {
        "consents": [_consent(consent) for consent in card.consents],
        "labels": chips(card.labels, address("conversation_labels", conversation.code), token),
        "contact_labels": chips(
            card.contact_labels, address("contact_labels", contact.code), token
        ),
        "phone": card.phone,
        "username": contact.username,
        "profile_name": contact.profile_name if is_renamed else "",
        "language": _spoken_to(card, contact),
        "is_editing": form is not None,
        "edit_url": address("contact_edit", contact.code),
        "csrf_token": token,
        "fields": _fields_again(form) if form else _fields(contact),
        "earlier": SafeString("".join(map(_earlier, card.earlier))),
    }


def _spoken_to(card: PersonCard, contact: Contact) -> str:
    """ "German, Sie"."""
    form = str(contact.get_address_form_display()) if contact.address_form else ""
    return ", ".join(part for part in (str(card.language), form) if part)


def _own_fields(
    conversation: Conversation, token: str, form: ValuesForm | None
) -> dict[str, Any]:
    """The company's fields. Their form is fetched when somebody wants it."""
    fields = fields_shown(conversation.contact_id)
    url = address("contact_fields", conversation.contact.code)
    known = [{"name": field.name, "text": field.text} for field in fields if field.text]
    context = {
        "form": form,
        "url": url,
        "conversation": str(conversation.code),
        "csrf_token": token,
    }
    return {
        "facts": stencils.draw_each("inbox/_person_fact.html", known),
        "values_url": f"{url}?conversation={conversation.code}" if fields else "",
        "values_form": render_to_string("inbox/_contact_values.html", context) if form else "",
    }


def _consent(consent: Consent) -> dict[str, Any]:
    at = timezone.localtime(consent.at) if consent.at else None
    return {
        "state": Word(consent.state),
        "title": str(consent.title),
        "text": str(consent.text),
        "at": date_format(at, "SHORT_DATETIME_FORMAT") if at else "",
    }


def _earlier(earlier: Earlier) -> SafeString:
    status = Conversation.Status(earlier.status)
    things = {
        "url": address("conversation", earlier.code),
        "words": earlier.first_words or earlier.last_message_preview,
        "status": "" if status == Conversation.Status.CLOSED else str(status.label),
        "opened_at": moment(earlier.opened_at),
    }
    return stencils.draw("inbox/_earlier.html", {"earlier": things})


def _fields(contact: Contact) -> SafeString:
    chosen = contact.language, contact.address_form
    html = _drawn_fields(get_language() or "", *chosen, bool(contact.name))
    return SafeString(html.replace(_NAME, escape(contact.name)))


@lru_cache(maxsize=128)
def _drawn_fields(language: str, chosen: str, address_form: str, has_name: bool) -> str:
    """Form fields are the slowest of all; these differ by little."""
    name = _NAME if has_name else ""
    contact = Contact(name=name, language=chosen, address_form=address_form)
    return _fields_again(ContactForm(contact=contact))


def _fields_again(form: ContactForm) -> SafeString:
    return render_to_string("inbox/_person_fields.html", {"form": form})
