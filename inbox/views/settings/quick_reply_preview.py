"""What a customer will read, while it is still being written."""

from __future__ import annotations

from html import escape
from typing import NamedTuple

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from inbox.actions.quick_replies import Words
from inbox.bubbles.text import to_html
from inbox.forms.quick_replies import ANY_FORM, ANY_LANGUAGE, TextFormSet
from inbox.forms.quick_reply_choices import choices_for
from inbox.http import AgentRequest
from inbox.models import Agent, QuickReplyText
from inbox.placeholders import Place, fill
from inbox.quick_replies import best_text, missing_fallbacks
from inbox.quick_reply_examples import example_values


class Customer(NamedTuple):
    """For whom the preview is; whoever nothing is known of is the first to be shown."""

    language: str = ""
    form: str = ""
    knows_name: bool = True


class Preview(NamedTuple):
    text: SafeString
    buttons: list[str]
    language: str
    form: str
    missing: list[str]  # places that stay open for this customer
    without_fallback: list[str]  # and those that may stay open for another


@login_required
@require_POST
def preview(request: AgentRequest) -> HttpResponse:
    choices = choices_for(request.user)
    texts = TextFormSet(request.POST, prefix="texts", form_kwargs={"choices": choices})
    words = texts.words if texts.management_form.is_valid() else ()
    context = {"preview": preview_of(words, _customer(request.POST), request.user)}
    return render(request, "settings/_quick_reply_preview.html", context)


def preview_of(words: tuple[Words, ...], customer: Customer, agent: Agent) -> Preview | None:
    """None while nothing is written."""
    texts = [
        QuickReplyText(
            language=one.language, form=one.form, body=one.body, buttons=list(one.buttons)
        )
        for one in words
        if one.body.strip()
    ]
    text = best_text(texts, customer.language, customer.form)
    return _preview(text, customer, agent) if text else None


def _preview(text: QuickReplyText, customer: Customer, agent: Agent) -> Preview:
    language = text.language or customer.language or agent.language
    values = example_values(
        agent, knows_name=customer.knows_name, language=language, now=timezone.now()
    )
    filled = fill(text.body, values)
    return Preview(
        _marked(to_html(filled.text), filled.missing),
        text.buttons,
        str(dict(ANY_LANGUAGE).get(text.language, text.language)),
        str(dict(ANY_FORM).get(text.form, text.form)),
        list(dict.fromkeys(filled.missing)),
        missing_fallbacks(text.body),
    )


def _marked(html: str, missing: tuple[str, ...]) -> SafeString:
    """Places that are still open stand out."""
    for name in dict.fromkeys(missing):
        place = escape(str(Place(name, None)))
        html = html.replace(place, f"<mark>{place}</mark>")
    return SafeString(html)


def _customer(data: QueryDict) -> Customer:
    return Customer(
        data.get("customer_language", ""),
        data.get("customer_form", ""),
        data.get("customer_name", "") != "unknown",
    )
