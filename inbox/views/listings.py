"""Which list a request means: folder, order, filters and place, read from the address."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any, TypeVar
from urllib.parse import urlencode
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import Http404
from django.utils.translation import gettext as _

from inbox.folders import Folder
from inbox.http import AgentRequest
from inbox.listing import MOST_LABELS, Filters, Listing, Sort
from inbox.models import Agent, Channel, Label
from inbox.paging import Key, read_key
from inbox.prepared import Prepared
from inbox.saved_views import folder_for
from inbox.visibility import hidden_channels

SORT_COOKIE = "list_sort"
Thing = TypeVar("Thing", Agent, Channel)
_CODE = UUID(int=0)  # stands for the one that is looked for


def folder_or_404(agent: Agent, slug: str) -> Folder:
    if folder := folder_for(agent, slug):
        return folder
    raise Http404


def listing_of(request: AgentRequest, folder: str | Folder) -> Listing:
    """Raises 404 for folders, views, labels, colleagues and numbers that this agent cannot
    know."""
    if isinstance(folder, str):
        folder = folder_or_404(request.user, folder)
    hidden = hidden_channels(request.user)
    filters = Filters(
        labels=labels_of(request),
        assignee=_chosen(request, "assignee", Agent),
        number=_chosen(request, "number", Channel),
    )
    if filters.number and filters.number.pk in hidden:
        raise Http404
    return Listing(request.user, hidden, folder, _sort(request, folder), filters)


def place_of(request: AgentRequest) -> Key | None:
    text = request.GET.get("after", "")
    if not text:
        return None
    try:
        return read_key(text)
    except (ValueError, OverflowError) as error:
        raise BadRequest(_("This address is not complete. Go back to the list.")) from error


def codes_of(request: AgentRequest, name: str, most: int) -> list[UUID]:
    texts = request.GET.getlist(name)
    if len(texts) > most:
        raise BadRequest(_("Too many at once."))
    codes = [_code(text) for text in texts]
    return [code for code in codes if code is not None]


def query_of(listing: Listing, **more: str) -> str:
    """The address's part after "?" for this list; "" when there is none."""
    parts = [("sort", str(listing.sort))] if listing.folder.queued else []
    parts += [(choice.name, str(choice.code)) for choice in listing.filters.chosen]
    return urlencode([*parts, *more.items()])


def labels_of(request: AgentRequest) -> tuple[Label, ...]:
    """Those of the address, 404 where one is not there for this agent."""
    texts = [text for text in dict.fromkeys(request.GET.getlist("label")) if text]
    if len(texts) > MOST_LABELS:
        raise BadRequest(_("Too many at once."))
    return tuple(_label(text, sensitive=request.user.data_protection) for text in texts)


def _label(text: str, *, sensitive: bool) -> Label:
    for pk, code, name in _asked(_labels_by_code(sensitive), text):
        return Label(pk=pk, code=code, name=name)
    raise Http404


@cache
def _labels_by_code(sensitive: bool) -> Prepared:
    rows = Label.objects.visible_to(Agent(data_protection=sensitive)).filter(code=_CODE)
    return Prepared(rows.order_by().values_list("pk", "code", "name"))


def _sort(request: AgentRequest, folder: Folder) -> Sort:
    """As asked, else as the view says or as this agent had it last."""
    if not folder.queued:
        return Sort.NEWEST
    kept = folder.sort or request.COOKIES.get(SORT_COOKIE, "")
    asked = request.GET.get("sort") or kept
    return Sort(asked) if asked in set(Sort) else Sort.WAITING


def _chosen(request: AgentRequest, name: str, kind: type[Thing]) -> Thing | None:
    text = request.GET.get(name, "")
    if not text:
        return None
    for pk, its_code, its_name in _asked(_by_code(kind), text):
        return kind(pk=pk, code=its_code, name=its_name)
    raise Http404


def _asked(prepared: Prepared, text: str) -> Iterable[tuple[Any, ...]]:
    if (code := _code(text)) is None:
        raise Http404
    # SQLite keeps codes as texts.
    return prepared.ask({_CODE: code, _CODE.hex: code.hex})


@cache
def _by_code(kind: type[Agent] | type[Channel]) -> Prepared:
    rows = kind._default_manager.filter(code=_CODE).order_by()
    return Prepared(rows.values_list("pk", "code", "name"))


def _code(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
