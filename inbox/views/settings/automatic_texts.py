"""The texts that a number sends by itself: words, a preview, and trying them out."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import NamedTuple

from django.contrib import messages
from django.db.models import Sum, prefetch_related_objects
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from inbox import automatic_texts, automatic_words, service_allowance
from inbox.actions import automatic
from inbox.automatic.rules import Kind
from inbox.bubbles.text import to_html
from inbox.forms.automatic_texts import VARIANTS, AutomaticTextForm, TryoutForm
from inbox.http import AgentRequest
from inbox.models import AutomaticText, AutomaticUse, AutomaticVariant, Channel
from inbox.models.automatic import LONGEST
from inbox.permissions import admin_required, lead_required
from inbox.views.settings.automatic_tryout import example, steps, zone_of
from inbox.views.settings.forms import show_form
from inbox.views.settings.numbers import access_number

COUNTED_DAYS = 30


class Preview(NamedTuple):
    """How a text reads to a customer, and what in it may be advertising."""

    text: SafeString
    warnings: list[str]


class Card(NamedTuple):
    """One occasion on the page."""

    kind: str
    title: str
    help: str
    text: AutomaticText | None
    sent: int  # in the last days
    form: AutomaticTextForm
    previews: list[tuple[str, str, Preview]]  # name of its field, language, how it reads


@lead_required
@require_GET
def texts(request: AgentRequest, code: uuid.UUID) -> HttpResponse:
    return _page(request, _access(request, code))


@admin_required
@require_POST
def change(request: AgentRequest, code: uuid.UUID, kind: str) -> HttpResponse:
    channel, wanted = _access(request, code), _kind(kind)
    form = AutomaticTextForm(wanted, _stored(channel).get(wanted), request.POST)
    if not form.is_valid():
        return _page(request, channel, form)
    given = form.cleaned_data
    automatic.change(
        channel,
        wanted,
        is_on=given["is_on"],
        words=form.words,
        after=given.get("after", 0),
        link=given.get("link", ""),
        is_new_version=given.get("is_new_version", False),
        by=request.user,
    )
    messages.success(request, _("Saved."))
    return redirect("inbox:settings_automatic", channel.code)


@admin_required
@require_POST
def preview(request: AgentRequest, code: uuid.UUID, kind: str, variant: str) -> HttpResponse:
    """While it is being written."""
    channel, wanted = _access(request, code), _kind(kind)
    if variant not in VARIANTS:
        raise Http404
    body = request.POST.get(f"{wanted}-{variant}", "")[:LONGEST]
    link = request.POST.get(f"{wanted}-link", "")[:300]
    text = AutomaticText(channel=channel, kind=wanted.value, link=link)
    context = {"preview": _preview(channel, text, variant, body)}
    return render(request, "settings/_automatic_preview.html", context)


@lead_required
@require_GET
def tryout(request: AgentRequest, code: uuid.UUID) -> HttpResponse:
    channel = _access(request, code)
    form = TryoutForm(request.GET)
    stored = _stored(channel)
    on = {kind: text for kind, text in stored.items() if text.is_on}
    found = steps(channel, on, form.cleaned_data) if form.is_valid() else []
    context = {"channel": channel, "steps": found, "zone": zone_of(channel)}
    if request.htmx:
        return show_form(request, "settings/_automatic_tryout.html", form, **context)
    return _page(request, channel, tryout=form, steps=found)


def _page(
    request: AgentRequest,
    channel: Channel,
    form: AutomaticTextForm | None = None,
    *,
    tryout: TryoutForm | None = None,
    steps: object = None,
) -> HttpResponse:
    """All texts; a form with mistakes as it was filled in."""
    stored, sent, now = _stored(channel), _sent(channel), timezone.now()
    cards = [_card(channel, kind, stored.get(kind), sent.get(kind, 0), form) for kind in Kind]
    zone = zone_of(channel)
    first = {"when": f"{timezone.localtime(now, zone):%Y-%m-%dT%H:%M}", "who": "new"}
    context = {
        "channel": channel,
        "cards": cards,
        "places": automatic_texts.places(),
        "days": COUNTED_DAYS,
        "allowance": service_allowance.this_month([channel], now=now)[channel.pk],
        "tryout": tryout or TryoutForm(initial=first),
        "steps": steps,
        "zone": zone,
    }
    status = 422 if form or (tryout and tryout.errors) else 200
    return render(request, "settings/automatic.html", context, status=status)


def _card(
    channel: Channel,
    kind: Kind,
    text: AutomaticText | None,
    sent: int,
    bound: AutomaticTextForm | None,
) -> Card:
    form = bound if bound and bound.kind == kind else AutomaticTextForm(kind, text)
    shown = text or AutomaticText(channel=channel, kind=kind.value)
    previews = [
        (name, str(form.fields[name].label), _preview(channel, shown, name, body))
        for name in VARIANTS
        if (body := str(form[name].value() or ""))
    ]
    title = str(AutomaticText.Occasion(kind.value).label)
    return Card(kind.value, title, automatic_words.help_for(kind), text, sent, form, previews)


def _preview(channel: Channel, text: AutomaticText, name: str, body: str) -> Preview:
    language, form = VARIANTS[name]
    person = example(channel, name)
    variant = AutomaticVariant(language=language, form=form, body=body)
    spoken = language or automatic_texts.language_of(person.contact, channel)
    written = automatic_texts.write_variant(variant, text, person, spoken, timezone.now())
    return Preview(
        to_html(written), [*automatic_words.refusals(body), *automatic_words.doubts(body)]
    )


def _access(request: AgentRequest, code: uuid.UUID) -> Channel:
    """With its hours: each text may say when we are back."""
    channel = access_number(request, code)
    prefetch_related_objects([channel], "opening_hours__weeks", "opening_hours__special_days")
    return channel


def _kind(word: str) -> Kind:
    try:
        return Kind(word)
    except ValueError as exc:
        raise Http404 from exc


def _stored(channel: Channel) -> dict[Kind, AutomaticText]:
    rows = AutomaticText.objects.filter(channel=channel).prefetch_related("variants")
    return {Kind(text.kind): text for text in rows}


def _sent(channel: Channel) -> dict[str, int]:
    since = timezone.localdate() - timedelta(days=COUNTED_DAYS)
    used = AutomaticUse.objects.filter(text__channel=channel, day__gt=since)
    rows = used.values_list("text__kind").annotate(sent=Sum("count"))
    return dict(rows)
