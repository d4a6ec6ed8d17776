"""Drawing what stands around the rows: sidebar and head of the list.

What is the same for a whole team is counted and drawn once in a few seconds, and remembered
as the text it became: that costs next to nothing to fetch. The rest is remembered like rows
(inbox.views.rows): by everything that is shown, so never out of date.
"""

from __future__ import annotations

from functools import lru_cache

from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from inbox.folders import FOLDERS
from inbox.listing import Choice, Listing, Sort
from inbox.sidebar import FolderCounts, choices_of, folders_of, narrowing_of

REMEMBERED = 256
KEEP_SECONDS = 3
Chosen = tuple[Choice, ...]


def sidebar(listing: Listing) -> SafeString:
    """Folders, labels, colleagues and numbers."""
    chosen, language = listing.filters.chosen, get_language() or ""
    narrowing = _narrowing(listing.agent.team_id, listing.hidden, language)
    for choice in chosen:
        link = f'?{choice.name}={choice.code}"'
        narrowing = narrowing.replace(link, f'{link} aria-current="page"')
    counts = folders_of(listing.agent, listing.hidden)
    return _sidebar(counts, listing.folder.slug, bool(chosen), narrowing, language)


def list_head(listing: Listing) -> SafeString:
    """Search, title, order and the way to the filter."""
    language, slug = get_language() or "", listing.folder.slug
    return _list_head(slug, listing.sort, listing.filters.chosen, language)


def filter_context(listing: Listing) -> dict[str, object]:
    """For ``inbox/_filter_form.html``."""
    return {
        "choices": choices_of(listing.hidden),
        "chosen": {choice.name: choice.pk for choice in listing.filters.chosen},
        "slug": listing.folder.slug,
    }


@lru_cache(maxsize=REMEMBERED)
def _sidebar(
    counts: FolderCounts, slug: str, is_narrow: bool, narrowing: str, language: str
) -> SafeString:
    context = {
        "lines": [(FOLDERS[its], count) for its, count in counts],
        "slug": slug,
        "is_narrow": is_narrow,
        "narrowing": mark_safe(narrowing),  # noqa: S308 (drawn by a template)
    }
    return render_to_string("inbox/_sidebar.html", context)


def _narrowing(team: int | None, hidden: tuple[int, ...], language: str) -> str:
    key = f"sidebar:{team}:{','.join(map(str, hidden))}:{language}"
    drawn: str | None = cache.get(key)
    if drawn is None:
        context = {"narrowing": narrowing_of(team, hidden)}
        drawn = str(render_to_string("inbox/_narrowing.html", context))
        cache.set(key, drawn, KEEP_SECONDS)
    return drawn


@lru_cache(maxsize=REMEMBERED)
def _list_head(slug: str, sort: Sort, chosen: Chosen, language: str) -> SafeString:
    context = {
        "folder": FOLDERS[slug],
        "sort": sort,
        "chosen": chosen,
        "query": "&".join(f"{choice.name}={choice.code}" for choice in chosen),
    }
    return render_to_string("inbox/_list_head.html", context)
