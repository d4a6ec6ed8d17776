"""The page of all people: who wrote, newest first, and finding one of them."""

from __future__ import annotations

from functools import lru_cache
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from inbox import contact_list, stencils
from inbox.addresses import address
from inbox.contact_list import Page, Person
from inbox.http import AgentRequest
from inbox.models import Conversation
from inbox.names import format_phone
from inbox.search.words import MAX_QUERY, read_query
from inbox.stencils import Word
from inbox.templatetags.moments import moment
from inbox.templatetags.people import contact_avatar
from inbox.views.listings import place_of


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def contacts(request: AgentRequest) -> HttpResponse:
    """The words one looks for come by POST, as in inbox.views.search."""
    text, place = request.POST.get("q", "")[:MAX_QUERY], place_of(request)
    people = _draw(contact_list.page(request.user, text, place), text, is_first=place is None)
    if request.htmx:
        return HttpResponse(people)
    return render(request, "inbox/contacts.html", {"q": text, "people": people})


def _draw(page: Page, text: str, *, is_first: bool) -> SafeString:
    if not page.people and is_first:
        is_short = bool(text) and not read_query(text).words
        empty = {"is_search": bool(text), "is_short": is_short}
        return render_to_string("inbox/_contacts_empty.html", empty)
    drawn = stencils.draw_each("inbox/_contact_row.html", map(_row, page.people))
    if page.next_key is None:
        return drawn
    more = f"{reverse('inbox:contacts')}?after={page.next_key}"
    return drawn + render_to_string(
        "inbox/_contacts_more.html", {"url": more, "is_search": bool(text)}
    )


def _row(person: Person) -> dict[str, object]:
    code, status = UUID(person.code), Conversation.Status(person.status)
    names = {f"@{person.username}" if person.username else "", _number(person.phone)}
    return {
        "url": address("contact", code),
        "avatar": contact_avatar(code, person.name, "m"),
        "name": person.name,
        "detail": " · ".join(sorted(names - {"", person.name})),
        "last_at": moment(person.key.moment),
        "status": Word(status.value),
        "status_name": str(status.label),
    }


@lru_cache(maxsize=4096)
def _number(phone: str) -> str:
    """Taking a number apart takes longer than drawing the row."""
    return format_phone(phone) if phone else ""
