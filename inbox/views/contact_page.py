"""A contact's own page: who it is, all that was said, and what colleagues keep of them."""

from __future__ import annotations

from typing import Any, NamedTuple
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import F
from django.db.models.lookups import LessThan
from django.forms import Form
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from inbox.actions import contact_fields, contact_notes
from inbox.blocks_shown import blocks_of
from inbox.contact_history import history_of
from inbox.forms.contact_fields import ValuesForm
from inbox.forms.contact_notes import NoteForm
from inbox.forms.contacts import ContactForm
from inbox.http import AgentRequest
from inbox.models import (
    Contact,
    ContactField,
    ContactNote,
    ContactValue,
    Conversation,
)
from inbox.paging import Key, Pair
from inbox.permissions import access_contact, access_conversation
from inbox.person_card import identities_of, language_name, with_first_words
from inbox.views import person_panel
from inbox.views.label_chips import chips_of_contact
from inbox.views.listings import place_of
from inbox.visibility import hidden_channels, without

CONVERSATIONS = 50
NOTES = 200


class NoteShown(NamedTuple):
    note: ContactNote
    form: NoteForm | None  # None: somebody else's
    is_open: bool


@require_safe
@never_cache
@login_required
def contact(request: AgentRequest, code: UUID) -> HttpResponse:
    found = access_contact(request.user, code)
    if found.code != code:
        return redirect("inbox:contact", found.code)  # merged into that one
    return page(request, found)


@require_http_methods(["GET", "POST"])
@never_cache
@login_required
def fields(request: AgentRequest, code: UUID) -> HttpResponse:
    """The company's own fields; in the panel beside a conversation, or on the page."""
    found = access_contact(request.user, code)
    beside = beside_of(request, found)
    form = values_form(found, request.POST if request.method == "POST" else None)
    if request.method == "GET":
        return render(
            request, "inbox/_contact_values.html", _values_context(found, form, beside)
        )
    if form.is_valid():
        if contact_fields.fill_in(found, form.values, by=request.user) and beside is None:
            messages.success(request, _("Saved."))
        return panel(request, beside) if beside else redirect("inbox:contact", found.code)
    if beside:
        return panel(request, beside, values=form, status=422)
    return page(request, found, values=form, status=422)


@require_POST
@login_required
def add_note(request: AgentRequest, code: UUID) -> HttpResponse:
    found = access_contact(request.user, code)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return page(request, found, note=form, status=422)
    contact_notes.add(found, body=form.cleaned_data["body"], by=request.user)
    return _to_notes(found)


@require_POST
@login_required
def change_note(request: AgentRequest, code: UUID) -> HttpResponse:
    note, found = _own_note(request, code)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return page(request, found, changed=(note.pk, form), status=422)
    contact_notes.change(note, body=form.cleaned_data["body"], by=request.user)
    return _to_notes(found)


@require_POST
@login_required
def delete_note(request: AgentRequest, code: UUID) -> HttpResponse:
    note, found = _own_note(request, code)
    contact_notes.delete(note, by=request.user)
    messages.success(request, _("The note is gone."))
    return _to_notes(found)


def page(
    request: AgentRequest,
    found: Contact,
    *,
    form: ContactForm | None = None,
    values: ValuesForm | None = None,
    note: NoteForm | None = None,
    changed: tuple[int, NoteForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The whole page; forms: with what was typed and what is wrong with it."""
    context: dict[str, Any] = {
        "contact": found,
        "language": language_name(found.language),
        "identities": identities_of(found),
        "form": form or ContactForm(contact=found),
        "values_form": values or values_form(found),
        "note_form": note or NoteForm(),
        "notes": _notes(request, found, changed),
        "history": history_of(found),
        "merges": found.merges.filter(split_at=None).select_related("gone").order_by("-pk"),
        "blocks": blocks_of(found),
        "labels": chips_of_contact(found, request.user, get_token(request)),
        **_conversations(request, found),
    }
    return render(request, "inbox/contact.html", context, status=status)


def panel(
    request: AgentRequest,
    conversation: Conversation,
    form: ContactForm | None = None,
    values: ValuesForm | None = None,
    status: int = 200,
) -> HttpResponse:
    hidden = hidden_channels(request.user)
    drawn = person_panel.draw(request, conversation, hidden, form, values)
    return HttpResponse(drawn, status=status)


def beside_of(request: AgentRequest, found: Contact) -> Conversation | None:
    """The conversation whose panel the form stands in."""
    given = request.POST.get("conversation", "") or request.GET.get("conversation", "")
    try:
        code = UUID(given)
    except ValueError:
        return None
    if not request.htmx:
        return None
    conversation = access_conversation(request.user, code)
    return conversation if conversation.contact_id == found.pk else None


def values_form(found: Contact, data: Any = None) -> ValuesForm:
    held = ContactValue.objects.filter(contact=found).select_related("field")
    return ValuesForm(
        data,
        fields=ContactField.objects.active(),
        held={each.field_id: each.value for each in held},
    )


def _values_context(found: Contact, form: Form, beside: Conversation | None) -> dict[str, Any]:
    return {
        "form": form,
        "url": reverse("inbox:contact_fields", args=[found.code]),
        "conversation": str(beside.code) if beside else "",
    }


def _conversations(request: AgentRequest, found: Contact) -> dict[str, Any]:
    visible = without(hidden_channels(request.user))
    conversations = with_first_words(visible.filter(contact=found))
    if place := place_of(request):
        conversations = conversations.filter(
            LessThan(Pair(F("opened_at"), F("pk")), place.as_pair())
        )
    rows = list(conversations.select_related("channel", "assignee")[: CONVERSATIONS + 1])
    last = rows[CONVERSATIONS - 1] if len(rows) > CONVERSATIONS else None
    return {
        "conversations": rows[:CONVERSATIONS],
        "next_key": Key(last.opened_at, last.pk) if last else None,
    }


def _notes(
    request: AgentRequest, found: Contact, changed: tuple[int, NoteForm] | None
) -> list[NoteShown]:
    pk, typed = changed or (0, None)
    return [
        NoteShown(
            note, _note_form(request, note, typed if note.pk == pk else None), note.pk == pk
        )
        for note in found.notes.select_related("author")[:NOTES]
    ]


def _note_form(
    request: AgentRequest, note: ContactNote, typed: NoteForm | None
) -> NoteForm | None:
    if note.author_id != request.user.pk:
        return None
    form = typed or NoteForm(initial={"body": note.body})
    form.auto_id = f"note-{note.pk}-%s"
    return form


def _own_note(request: AgentRequest, code: UUID) -> tuple[ContactNote, Contact]:
    """404 for a note of somebody else too: its buttons are shown to nobody."""
    note = get_object_or_404(
        ContactNote.objects.select_related("contact"), code=code, author=request.user
    )
    return note, access_contact(request.user, note.contact.code)


def _to_notes(found: Contact) -> HttpResponse:
    return redirect(f"{reverse('inbox:contact', args=[found.code])}#notes")
