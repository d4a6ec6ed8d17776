"""The page of all people: who wrote, newest first, and finding one of them."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urlencode
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
from inbox.labelled import LabelOnRow
from inbox.models import Conversation, Label
from inbox.names import format_phone
from inbox.search.words import MAX_QUERY, read_query
from inbox.stencils import Word
from inbox.templatetags.moments import moment
from inbox.templatetags.people import contact_avatar
from inbox.views.listings import labels_of, place_of

CHIPS = 3  # the others are counted: "+2"


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def contacts(request: AgentRequest) -> HttpResponse:
    """The words one looks for come by POST, as in inbox.views.search."""
    text, place = request.POST.get("q", "")[:MAX_QUERY], place_of(request)
    labels = labels_of(request)
    query = urlencode([("label", str(label.code)) for label in labels])
    found = contact_list.page(request.user, text, place, labels)
    people = _draw(found, text, query, is_first=place is None)
    if request.htmx:
        return HttpResponse(people)
    context = {"q": text, "query": query, "people": people, "filter": _filter(request, labels)}
    return render(request, "inbox/contacts.html", context)


def _filter(request: AgentRequest, chosen: tuple[Label, ...]) -> dict[str, object]:
    """Labels to narrow the list to, and those it is narrowed to."""
    on = {label.pk for label in chosen}
    rows = Label.objects.visible_to(request.user).values_list("pk", "code", "name")
    offered = [
        {"pk": pk, "code": code, "name": name, "is_on": pk in on} for pk, code, name in rows
    ]
    return {"labels": offered, "chips": [its for its in offered if its["is_on"]]}


def _draw(page: Page, text: str, query: str, *, is_first: bool) -> SafeString:
    if not page.people and is_first:
        is_short = bool(text) and not read_query(text).words
        empty = {"is_search": bool(text or query), "is_short": is_short}
        return render_to_string("inbox/_contacts_empty.html", empty)
    rows = [_row(person, page.labels.get(person.contact, [])) for person in page.people]
    drawn = stencils.draw_each("inbox/_contact_row.html", rows)
    if page.next_key is None:
        return drawn
    more = f"{reverse('inbox:contacts')}?{query}{'&' if query else ''}after={page.next_key}"
    return drawn + render_to_string(
        "inbox/_contacts_more.html", {"url": more, "is_search": bool(text)}
    )


def _row(person: Person, labels: list[LabelOnRow]) -> dict[str, object]:
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
        "labels": [{"pk": str(label.pk), "name": label.name} for label in labels[:CHIPS]],
        "more_labels": ", ".join(label.name for label in labels[CHIPS:]),
        "more_count": str(len(labels[CHIPS:])),
    }


@lru_cache(maxsize=4096)
def _number(phone: str) -> str:
    """Taking a number apart takes longer than drawing the row."""
    return format_phone(phone) if phone else ""
