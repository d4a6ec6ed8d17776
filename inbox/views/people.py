"""The person beside a conversation, and what can be changed there."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from inbox.actions import contacts
from inbox.forms.contacts import ContactForm
from inbox.http import AgentRequest
from inbox.permissions import access_contact
from inbox.shown_conversations import shown_without
from inbox.views import contact_page, person_panel
from inbox.visibility import hidden_channels


@require_safe
@never_cache
@login_required
def person(request: AgentRequest, code: UUID) -> HttpResponse:
    hidden = hidden_channels(request.user)
    return HttpResponse(person_panel.draw(request, shown_without(hidden, code), hidden))


@require_POST
@login_required
def edit(request: AgentRequest, code: UUID) -> HttpResponse:
    """Name and language; answers with the panel where it was edited there."""
    found = access_contact(request.user, code)
    form = ContactForm(request.POST, contact=found)
    beside = contact_page.beside_of(request, found)
    if form.is_valid():
        contacts.rename(found, name=form.cleaned_data["name"], by=request.user)
        contacts.set_language(found, language=form.cleaned_data["language"], by=request.user)
        address_form = form.cleaned_data["address_form"]
        contacts.set_address_form(found, form=address_form, by=request.user)
        if beside is None:
            return redirect("inbox:contact", found.code)
        beside.contact.refresh_from_db()
        return contact_page.panel(request, beside)
    if beside:
        return contact_page.panel(request, beside, form, status=422)
    return contact_page.page(request, found, form=form, status=422)
