"""Drawing what narrows the list. The same for many agents, so it is not drawn twice.

Like rows (inbox.views.rows): remembered by everything that is shown, so never out of date.
"""

from __future__ import annotations

from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from inbox.listing import Listing
from inbox.sidebar import Shared

REMEMBERED = 128

Chosen = tuple[tuple[str, int], ...]


def narrowing(shared: Shared, listing: Listing) -> SafeString:
    """Labels, colleagues and numbers for the sidebar."""
    return _narrowing(shared, _chosen(listing), get_language() or "")


def filter_form(shared: Shared, listing: Listing) -> SafeString:
    return _filter_form(shared, _chosen(listing), listing.folder.slug, get_language() or "")


def _chosen(listing: Listing) -> Chosen:
    return tuple((name, thing.pk) for name, thing in listing.filters.chosen)


@lru_cache(maxsize=REMEMBERED)
def _narrowing(shared: Shared, chosen: Chosen, language: str) -> SafeString:
    context = {"shared": shared, "chosen": dict(chosen)}
    return render_to_string("inbox/_narrowing.html", context)


@lru_cache(maxsize=REMEMBERED)
def _filter_form(shared: Shared, chosen: Chosen, slug: str, language: str) -> SafeString:
    context = {"shared": shared, "chosen": dict(chosen), "slug": slug}
    return render_to_string("inbox/_filter.html", context)
