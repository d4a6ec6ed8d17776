"""The person beside a conversation, and a contact's own page."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db.models import F
from django.db.models.lookups import LessThan
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from inbox.actions import contacts, labels
from inbox.forms.contacts import ContactForm
from inbox.http import AgentRequest
from inbox.models import Contact, Conversation, Label
from inbox.models.conversation import ConversationQuerySet
from inbox.paging import Key, Pair
from inbox.permissions import access_conversation
from inbox.person_card import identities_of, language_name, with_first_words
from inbox.shown_conversations import shown_without
from inbox.views import person_panel
from inbox.views.listings import place_of
from inbox.visibility import hidden_channels, without

CONVERSATIONS = 50


@require_safe
@never_cache
@login_required
def person(request: AgentRequest, code: UUID) -> HttpResponse:
    hidden = hidden_channels(request.user)
    return HttpResponse(person_panel.draw(request, shown_without(hidden, code), hidden))


@require_POST
@login_required
def label(request: AgentRequest, code: UUID) -> HttpResponse:
    """Puts a label on a conversation (``add``) or takes it off (``remove``)."""
    conversation = access_conversation(request.user, code)
    word = "add" if "add" in request.POST else "remove"
    chosen = get_object_or_404(Label, code=_posted_code(request, word))
    change = labels.add if word == "add" else labels.remove
    change(conversation, chosen, by=request.user)
    if not request.htmx:
        return redirect(conversation)
    return _panel(request, conversation)


@require_safe
@never_cache
@login_required
def contact(request: AgentRequest, code: UUID) -> HttpResponse:
    found, visible = _access_contact(request, code)
    return _contact_page(request, found, visible, ContactForm(contact=found))


@require_POST
@login_required
def edit(request: AgentRequest, code: UUID) -> HttpResponse:
    """Name and language; answers with the panel where it was edited there."""
    found, visible = _access_contact(request, code)
    form = ContactForm(request.POST, contact=found)
    beside = _beside(request, found)
    if form.is_valid():
        contacts.rename(found, name=form.cleaned_data["name"], by=request.user)
        contacts.set_language(found, language=form.cleaned_data["language"], by=request.user)
        if beside is None:
            return redirect("inbox:contact", found.code)
        beside.contact.refresh_from_db()
        return _panel(request, beside)
    if beside:
        return _panel(request, beside, form, status=422)
    return _contact_page(request, found, visible, form, status=422)


def _panel(
    request: AgentRequest,
    conversation: Conversation,
    form: ContactForm | None = None,
    status: int = 200,
) -> HttpResponse:
    hidden = hidden_channels(request.user)
    return HttpResponse(person_panel.draw(request, conversation, hidden, form), status=status)


def _contact_page(
    request: AgentRequest,
    found: Contact,
    visible: ConversationQuerySet,
    form: ContactForm,
    status: int = 200,
) -> HttpResponse:
    conversations = with_first_words(visible.filter(contact=found))
    if place := place_of(request):
        conversations = conversations.filter(
            LessThan(Pair(F("opened_at"), F("pk")), place.as_pair())
        )
    rows = list(conversations.select_related("channel", "assignee")[: CONVERSATIONS + 1])
    last = rows[CONVERSATIONS - 1] if len(rows) > CONVERSATIONS else None
    context: dict[str, Any] = {
        "contact": found,
        "language": language_name(found.language),
        "identities": identities_of(found),
        "conversations": rows[:CONVERSATIONS],
        "next_key": Key(last.opened_at, last.pk) if last else None,
        "form": form,
    }
    return render(request, "inbox/contact.html", context, status=status)


def _access_contact(request: AgentRequest, code: UUID) -> tuple[Contact, ConversationQuerySet]:
    """The contact, or 404 when the agent may see none of their conversations."""
    visible = without(hidden_channels(request.user))
    found = get_object_or_404(Contact, code=code)
    if not visible.filter(contact=found).exists():
        raise Http404
    return found, visible


def _beside(request: AgentRequest, found: Contact) -> Conversation | None:
    """The conversation whose panel the form stood in."""
    code = _posted_code(request, "conversation")
    if code is None or not request.htmx:
        return None
    conversation = access_conversation(request.user, code)
    return conversation if conversation.contact_id == found.pk else None


def _posted_code(request: AgentRequest, name: str) -> UUID | None:
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError:
        return None
