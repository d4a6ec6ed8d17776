"""Acting on a contact: block, unblock, merge with another, split again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from inbox import contact_list, merge_preview
from inbox.actions import contact_blocks, contact_merges
from inbox.forms.contact_merges import MergeForm
from inbox.http import AgentRequest
from inbox.models import Contact, ContactMerge
from inbox.permissions import access_contact
from inbox.search.words import MAX_QUERY
from inbox.visibility import hidden_channels, without

Answer = dict[str, Any]


@require_POST
@login_required
def block(request: AgentRequest, code: UUID) -> HttpResponse:
    found = access_contact(request.user, code)
    contact_blocks.block(found, by=request.user)
    return _said(request, found, _("Blocked: nothing is sent to them any more."), "unblock")


@require_POST
@login_required
def unblock(request: AgentRequest, code: UUID) -> HttpResponse:
    found = access_contact(request.user, code)
    contact_blocks.unblock(found, by=request.user)
    return _said(request, found, _("Unblocked."), "block")


def _said(request: AgentRequest, found: Contact, text: str, back: str) -> HttpResponse:
    if request.headers.get("X-Requested-With") == "fetch":
        url = reverse(f"inbox:contact_{back}", args=[found.code])
        return JsonResponse(
            {"text": text, "undo": {"label": _("Undo"), "url": url, "fields": {}}}
        )
    messages.success(request, text)
    return redirect("inbox:contact", found.code)


@require_http_methods(["GET", "POST"])
@never_cache
@login_required
def choose(request: AgentRequest, code: UUID) -> HttpResponse:
    """Finding the other contact. The words one looks for come by POST, as in all searches."""
    found = access_contact(request.user, code)
    _require_lead(request)
    text = request.POST.get("q", "")[:MAX_QUERY]
    people = contact_list.page(request.user, text).people if text.strip() else []
    others = [(UUID(person.code), person) for person in people]
    context = {
        "contact": found,
        "q": text,
        "people": [(other, person) for other, person in others if other != found.code],
    }
    return render(request, "inbox/contact_merge_choose.html", context)


@require_http_methods(["GET", "POST"])
@never_cache
@login_required
def merge(request: AgentRequest, code: UUID, other: UUID) -> HttpResponse:
    """What will be, side by side; then it is done."""
    kept, gone = access_contact(request.user, code), access_contact(request.user, other)
    _require_lead(request)
    if kept == gone:
        messages.info(request, _("These are one contact already."))
        return redirect("inbox:contact", kept.code)
    _require_all_seen(request, kept, gone)
    form = MergeForm(request.POST or None, kept=kept, gone=gone)
    if request.method == "POST" and form.is_valid():
        try:
            contact_merges.merge(kept=kept, gone=gone, by=request.user, choices=form.choices)
        except contact_merges.NotPossible as exc:
            form.add_error(None, str(exc))
        else:
            messages.success(request, _("The two are one contact now."))
            return redirect("inbox:contact", kept.code)
    context = {
        "kept": kept,
        "gone": gone,
        "form": form,
        "sides": [merge_preview.side_of(kept), merge_preview.side_of(gone)],
        "united": merge_preview.united(kept, gone),
        "refused": merge_preview.refused(kept, gone),
    }
    status = 409 if form.errors else 200
    return render(request, "inbox/contact_merge.html", context, status=status)


@require_http_methods(["GET", "POST"])
@never_cache
@login_required
def split(request: AgentRequest, code: UUID) -> HttpResponse:
    made = get_object_or_404(
        ContactMerge.objects.select_related("kept", "gone", "by"), code=code, split_at=None
    )
    kept = access_contact(request.user, made.kept.code)
    _require_lead(request)
    _require_all_seen(request, kept)
    mistake = ""
    if request.method == "POST":
        try:
            contact_merges.split(made, by=request.user)
        except contact_merges.NotPossible as exc:
            mistake = str(exc)
        else:
            messages.success(request, _("They are two contacts again."))
            return redirect("inbox:contact", kept.code)
    context = {"merge": made, "contact": kept, "mistake": mistake}
    return render(request, "inbox/contact_split.html", context, status=409 if mistake else 200)


def _require_lead(request: AgentRequest) -> None:
    if not request.user.is_lead:
        raise PermissionDenied(_("Only team leads and admins merge contacts."))


def _require_all_seen(request: AgentRequest, *contacts: Contact) -> None:
    """Nobody moves what they may not see."""
    hidden = hidden_channels(request.user)
    theirs = without(()).filter(contact__in=contacts)
    if hidden and theirs.filter(channel__in=hidden).exists():
        raise PermissionDenied(
            _("There are conversations of this person that you may not see. Ask an admin.")
        )
