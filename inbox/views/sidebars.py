"""Drawing what stands around the rows: sidebar, head of the list, and the list without rows.

Remembered like rows (inbox.views.rows): by everything that is shown, so never out of date.
"""

from __future__ import annotations

from functools import lru_cache
from html import escape
from urllib.parse import urlencode

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from inbox.addresses import folder_address
from inbox.folders import FOLDERS, Folder
from inbox.listing import Listing, Sort
from inbox.models import Conversation
from inbox.sidebar import FolderCounts, Narrowing, choices_of, folders_of, narrowing_of
from inbox.templatetags.icons import icon
from inbox.view_counts import counted_views
from inbox.views.listings import query_of

REMEMBERED = 256
# Places in what is drawn without anybody's words.
_CHIPS, _NARROWED, _QUERY, _ROWS = "chipsplace", "narrowedplace", "queryplace", "rowsplace"
_TOKEN = "csrftokenplace"  # noqa: S105 (a place for one)


def sidebar(listing: Listing) -> str:
    """Folders, labels, colleagues and numbers."""
    agent, hidden, chosen = listing.agent, listing.hidden, listing.filters.chosen
    language = get_language() or ""
    counts = folders_of(agent, hidden)
    narrowing = _narrowing(narrowing_of(agent, hidden), language)
    for choice in chosen:
        link = f'?{choice.name}={choice.code}"'
        narrowing = narrowing.replace(link, f'{link} aria-current="page"')
    folders = _folders(counts, listing.folder.slug, bool(chosen), language)
    views = tuple(counted_views(agent, hidden))
    return folders + _views(views, listing.folder.slug, bool(chosen), language) + narrowing


def address_of(listing: Listing) -> str:
    """Where it is fetched from when counts changed."""
    return f"{reverse('inbox:counts')}?in={listing.folder.slug}&{query_of(listing)}"


def list_pane(listing: Listing, rows: str, token: str) -> str:
    """Search, title, order, the way to the filter, and the rows."""
    chosen = listing.filters.chosen
    drawn = _list_pane(listing.folder, listing.sort, bool(chosen), get_language() or "")
    narrowed = "&amp;".join(f"{choice.name}={choice.code}" for choice in chosen)
    drawn = drawn.replace(_NARROWED, narrowed).replace(_QUERY, escape(query_of(listing)))
    drawn = drawn.replace(_TOKEN, token).replace(_CHIPS, _chips(listing))
    return drawn.replace(_ROWS, rows)


def _chips(listing: Listing) -> str:
    """What the list is narrowed to, and the way back from each."""
    way, chosen = folder_address("folder", listing.folder.slug), listing.filters.chosen
    chips = []
    for choice in chosen:
        others = [(other.name, str(other.code)) for other in chosen if other != choice]
        back = escape(f"{way}?{urlencode(others)}" if others else way)
        without = _("Show without “%(name)s”") % {"name": choice.text}
        title = escape(without if others else _("Show all again"))
        chips.append(
            f'<a class="chip chip--info" href="{back}" title="{title}">'
            f"<span>{escape(choice.text)}</span>{icon('close', 's')}</a>"
        )
    return "".join(chips)


def no_rows(listing: Listing) -> str:
    """What a list says when there is nothing in it."""
    narrow = bool(listing.filters.chosen)
    return _no_rows(listing.folder, narrow, get_language() or "")


def filter_form(listing: Listing) -> SafeString:
    """Everything the list can be narrowed to."""
    choices = choices_of(listing.agent, listing.hidden)
    form = _filter_form(choices, listing.folder.slug, get_language() or "")
    for choice in listing.filters.chosen:
        value = f'value="{choice.code}"'
        word = "checked" if choice.name == "label" else "selected"
        form = SafeString(form.replace(value, f"{value} {word}"))
    return form


@lru_cache(maxsize=REMEMBERED)
def _folders(counts: FolderCounts, slug: str, is_narrow: bool, language: str) -> SafeString:
    lines = [(FOLDERS[its], count) for its, count in counts]
    context = {"lines": lines, "slug": slug, "is_narrow": is_narrow}
    return render_to_string("inbox/_folders.html", context)


@lru_cache(maxsize=REMEMBERED)
def _views(
    views: tuple[tuple[Folder, str], ...], slug: str, is_narrow: bool, language: str
) -> SafeString:
    context = {"lines": views, "slug": slug, "is_narrow": is_narrow}
    return render_to_string("inbox/_views.html", context)


@lru_cache(maxsize=REMEMBERED)
def _narrowing(narrowing: Narrowing, language: str) -> str:
    return render_to_string("inbox/_narrowing.html", {"narrowing": narrowing})


@lru_cache(maxsize=REMEMBERED)
def _list_pane(folder: Folder, sort: Sort, is_narrow: bool, language: str) -> str:
    context = {
        "folder": folder,
        "sort": sort,
        "chips": _CHIPS if is_narrow else "",
        "narrowed": _NARROWED if is_narrow else "",
        "query": _QUERY,
        "csrf_token": _TOKEN,
        "priorities": Conversation.Priority.choices[::-1],
        "rows": _ROWS,
    }
    templates = ("inbox/_list_head.html", "inbox/_bulk_bar.html", "inbox/_list.html")
    return "".join(render_to_string(template, context) for template in templates)


@lru_cache(maxsize=16)
def _filter_form(choices: Narrowing, slug: str, language: str) -> SafeString:
    """Without what is chosen, so that hundreds of colleagues are drawn once for all."""
    return render_to_string("inbox/_filter_form.html", {"choices": choices, "slug": slug})


@lru_cache(maxsize=REMEMBERED)
def _no_rows(folder: Folder, is_narrow: bool, language: str) -> str:
    context = {"folder": folder, "is_narrow": is_narrow}
    return render_to_string("inbox/_rows_empty.html", context)
