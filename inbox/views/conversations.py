"""The inbox page and its list."""

from __future__ import annotations

from html import escape
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from inbox import folders, stencils
from inbox.http import AgentRequest
from inbox.listing import MOST_CODES, Listing, Sort
from inbox.models import Conversation
from inbox.paging import Key
from inbox.saved_views import folder_for
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
from inbox.views.page_frame import framed

YEAR = 365 * 86_400


@require_safe
@login_required
def home(request: AgentRequest) -> HttpResponse:
    """Where this agent's inbox opens, as far as it is still there."""
    slug = request.user.opens_with
    found = slug and folder_for(request.user, slug)
    return redirect("inbox:folder", found.slug if found else folders.DEFAULT)


@require_safe
@never_cache
@login_required
def folder(request: AgentRequest, folder: str) -> HttpResponse:
    return page(request, folder_or_404(request.user, folder))


@require_safe
@never_cache
@login_required
def rows(request: AgentRequest, folder: str) -> HttpResponse:
    """A page of the list: the first, or what comes after a key."""
    listing = listing_of(request, folder)
    rows = _rows(listing, place_of(request), current=_current(request))
    return _remember_sort(request, listing, HttpResponse(rows))


@require_safe
@never_cache
@login_required
def changes(request: AgentRequest, folder: str) -> HttpResponse:
    """These conversations as they stand in this list now, and which of them are not in it."""
    listing = listing_of(request, folder)
    codes = codes_of(request, "code", MOST_CODES)
    entries = listing.those_of(codes)
    present = {entry.columns.code for entry in entries}
    drawn = row_views.draw(entries, listing, now=timezone.now(), current=_current(request))
    gone = [f'<li data-gone="{code}"></li>' for code in codes if code not in present]
    return HttpResponse([drawn, *gone])


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
    form = sidebars.filter_form(listing_of(request, folder))
    if request.htmx:
        return HttpResponse(form)
    return render(request, "inbox/filter.html", {"form": form})


def page(
    request: AgentRequest,
    folder: folders.Folder,
    conversation: Conversation | None = None,
    pane: dict[str, Any] | None = None,
) -> HttpResponse:
    """The whole inbox, with a conversation open (as its ``pane`` shows it) or none."""
    listing = listing_of(request, folder)
    place = place_of(request) if conversation is None else None
    code = conversation.code if conversation else None
    token, rows = get_token(request), _rows(listing, place, current=code)
    parts = {
        "sidebar_url": escape(sidebars.address_of(listing)),
        "sidebar": sidebars.sidebar(listing),
        "list": sidebars.list_pane(listing, rows, token),
        "title": escape(str(conversation.contact if conversation else listing.folder.name)),
        "opened": opened(conversation, pane),
    }
    return _remember_sort(request, listing, HttpResponse(framed(request, **parts)))


def opened(conversation: Conversation | None, pane: dict[str, Any] | None) -> str:
    """What stands beside the list: a conversation and who it is with, or that none is open."""
    person = person_panel.head_of(conversation) if conversation else None
    return stencils.draw("inbox/_opened.html", {"pane": pane, "person": person})


def _rows(listing: Listing, place: Key | None, current: UUID | None = None) -> str:
    """A page of rows and the way to the next."""
    found = listing.page(place)
    if not found.entries and place is None:
        return sidebars.no_rows(listing)
    drawn = row_views.draw(found.entries, listing, now=timezone.now(), current=current)
    if found.next_key is None:
        return drawn
    after = query_of(listing, after=str(found.next_key))
    return drawn + row_views.way_to_more(listing.folder.slug, after)


def _remember_sort(
    request: AgentRequest, listing: Listing, response: HttpResponse
) -> HttpResponse:
    """The order an agent chose holds for every folder until they choose again; saved views
    have their own."""
    asked = request.GET.get("sort")
    if listing.folder.sort:
        return response
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
