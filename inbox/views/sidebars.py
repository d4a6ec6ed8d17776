"""Drawing what stands around the rows: sidebar and head of the list.

Like rows (inbox.views.rows): remembered by everything that is shown, so never out of date,
and what is the same for many agents is not drawn for each.
"""

from __future__ import annotations

from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from inbox.folders import FOLDERS
from inbox.listing import Choice, Listing, Sort
from inbox.sidebar import FolderCounts, Shared, Sidebar

REMEMBERED = 256
Chosen = tuple[Choice, ...]


def sidebar(found: Sidebar, listing: Listing) -> SafeString:
    """Folders, labels, colleagues and numbers."""
    chosen, language = listing.filters.chosen, get_language() or ""
    narrowing = _narrowing(found.shared, chosen, language)
    return _sidebar(found.counts, listing.folder.slug, bool(chosen), narrowing, language)


def list_head(shared: Shared, listing: Listing) -> SafeString:
    """Search, title, order and filter."""
    language, slug = get_language() or "", listing.folder.slug
    return _list_head(shared, slug, listing.sort, listing.filters.chosen, language)


@lru_cache(maxsize=REMEMBERED)
def _sidebar(
    counts: FolderCounts, slug: str, is_narrow: bool, narrowing: SafeString, language: str
) -> SafeString:
    context = {
        "lines": [(FOLDERS[its], count) for its, count in counts],
        "slug": slug,
        "is_narrow": is_narrow,
        "narrowing": narrowing,
    }
    return render_to_string("inbox/_sidebar.html", context)


@lru_cache(maxsize=REMEMBERED)
def _narrowing(shared: Shared, chosen: Chosen, language: str) -> SafeString:
    context = {"shared": shared, "chosen": _pks(chosen)}
    return render_to_string("inbox/_narrowing.html", context)


@lru_cache(maxsize=REMEMBERED)
def _list_head(
    shared: Shared, slug: str, sort: Sort, chosen: Chosen, language: str
) -> SafeString:
    context = {
        "folder": FOLDERS[slug],
        "sort": sort,
        "chosen": chosen,
        "query": "".join(f"{choice.name}={choice.code}&" for choice in chosen),
        "filter_form": _filter_form(shared, slug, chosen, language),
    }
    return render_to_string("inbox/_list_head.html", context)


@lru_cache(maxsize=REMEMBERED)
def _filter_form(shared: Shared, slug: str, chosen: Chosen, language: str) -> SafeString:
    context = {"shared": shared, "slug": slug, "chosen": _pks(chosen)}
    return render_to_string("inbox/_filter.html", context)


def _pks(chosen: Chosen) -> dict[str, int]:
    return {choice.name: choice.pk for choice in chosen}
