"""The inbox page and its list."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from inbox import folders
from inbox.http import AgentRequest
from inbox.listing import Key, Listing, Sort
from inbox.models import Conversation
from inbox.views import person_panel, sidebars
from inbox.views import rows as row_views
from inbox.views.listings import (
    SORT_COOKIE,
    codes_of,
    folder_or_404,
    listing_of,
    place_of,
    query_of,
)

MOST_CHANGES = 50
YEAR = 365 * 86_400


@require_safe
@login_required
def home(request: AgentRequest) -> HttpResponse:
    return redirect("inbox:folder", folders.DEFAULT)


@require_safe
@never_cache
@login_required
def folder(request: AgentRequest, folder: str) -> HttpResponse:
    return page(request, folder_or_404(folder))


@require_safe
@never_cache
@login_required
def rows(request: AgentRequest, folder: str) -> HttpResponse:
    """A page of the list: the first, or what comes after a key."""
    listing = listing_of(request, folder)
    context = _rows_context(listing, place_of(request), current=_current(request))
    return _remember_sort(request, render(request, "inbox/_rows.html", context))


@require_safe
@never_cache
@login_required
def changes(request: AgentRequest, folder: str) -> HttpResponse:
    """These conversations as they stand in this list now, and which of them are not in it."""
    listing = listing_of(request, folder)
    codes = codes_of(request, "code", MOST_CHANGES)
    entries = listing.those_of(codes)
    present = {entry.columns.code for entry in entries}
    drawn = row_views.draw(entries, listing, now=timezone.now(), current=_current(request))
    gone = [code for code in codes if code not in present]
    return render(request, "inbox/_changes.html", {"rows": drawn, "gone": gone})


@require_safe
@never_cache
@login_required
def counts(request: AgentRequest) -> HttpResponse:
    """The sidebar again, with the counts of now."""
    listing = listing_of(request, request.GET.get("in", folders.DEFAULT))
    return HttpResponse(sidebars.sidebar(listing))


@require_safe
@never_cache
@login_required
def filters(request: AgentRequest, folder: str) -> HttpResponse:
    """What this list can be narrowed to: for its menu when that opens, or as a page."""
    context = sidebars.filter_context(listing_of(request, folder))
    template = "inbox/_filter_form.html" if request.htmx else "inbox/filter.html"
    return render(request, template, context)


def page(
    request: AgentRequest,
    folder: folders.Folder,
    conversation: Conversation | None = None,
    **context: Any,
) -> HttpResponse:
    """The whole inbox, with a conversation open or none; ``context`` is for its pane."""
    listing = listing_of(request, folder.slug)
    place = place_of(request) if conversation is None else None
    code = conversation.code if conversation else None
    everything = {
        **context,
        "sidebar": sidebars.sidebar(listing),
        "list_head": sidebars.list_head(listing),
        **_rows_context(listing, place, current=code),
        "conversation": conversation,
    }
    if conversation is not None:
        everything |= {"person": person_panel.head_of(conversation)}
    return _remember_sort(request, render(request, "inbox/inbox.html", everything))


def _rows_context(
    listing: Listing, place: Key | None, current: UUID | None = None
) -> dict[str, Any]:
    found = listing.page(place)
    folder = listing.folder.slug
    after = query_of(listing, after=str(found.next_key)) if found.next_key else ""
    return {
        "listing": listing,
        "query": query_of(listing),
        "rows": row_views.draw(found.entries, listing, now=timezone.now(), current=current),
        "is_empty": not found.entries and place is None,
        "more_url": f"{reverse('inbox:rows', args=[folder])}?{after}" if after else "",
        "more_page_url": f"{reverse('inbox:folder', args=[folder])}?{after}" if after else "",
    }


def _remember_sort(request: AgentRequest, response: HttpResponse) -> HttpResponse:
    """The order an agent chose holds for every folder until they choose again."""
    asked = request.GET.get("sort")
    if asked in set(Sort) and asked != request.COOKIES.get(SORT_COOKIE):
        response.set_cookie(
            SORT_COOKIE,
            asked,
            max_age=YEAR,
            httponly=True,
            samesite="Lax",
            secure=request.is_secure(),
        )
    return response


def _current(request: AgentRequest) -> UUID | None:
    return next(iter(codes_of(request, "current", 1)), None)
