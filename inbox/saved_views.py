"""Saved views as an agent has them: each is a folder of the inbox."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache, partial
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from inbox import view_queries, view_trees
from inbox.folders import FOLDERS, Folder
from inbox.models import Agent, SavedView
from inbox.prepared import AsText, Prepared
from inbox.view_trees import BadTree

PREFIX = "view-"
# What stands for the real ones in a query that is made once for all.
_OWNER, _TEAM = -1, -2
_KEYS = ("changed_at", "pk", "position", "team_id", "owner_id")


def views_for(agent: Agent) -> QuerySet[SavedView]:
    """Own ones, those of the team and everybody's; none that names a label this agent may not
    know of."""
    return _seen_by(agent.pk, agent.team_id or 0, sensitive=agent.data_protection)


def folders_for(agent: Agent) -> list[Folder]:
    """The same as folders, in their order."""
    places = {_OWNER: agent.pk, _TEAM: agent.team_id or 0}
    rows = list(_prepared(agent.data_protection).ask(places))
    rows.sort(key=_order)
    found = (_folder(*row[:4], str(row[4])) for row in rows)
    return [folder for folder in found if folder]


def in_order(views: Iterable[SavedView]) -> list[SavedView]:
    return sorted(views, key=lambda v: _order((v.pk, v.position, v.team_id, v.owner_id)))


def _order(row: Sequence[Any]) -> tuple[int, int, int]:
    *_more, pk, position, team, owner = row
    return (0 if owner else 1 if team else 2, position, pk)


def folder_for(agent: Agent, slug: str) -> Folder | None:
    """A folder of the house or a view of this agent; None where there is none of this name."""
    if not slug.startswith(PREFIX):
        return FOLDERS.get(slug)
    return next((one for one in folders_for(agent) if one.slug == slug), None)


def slug_of(view: SavedView) -> str:
    return f"{PREFIX}{view.code.hex}"


def may_change(view: SavedView, agent: Agent) -> bool:
    """Own ones always; a team's, its leads; all others, admins."""
    if view.owner_id is not None:
        return view.owner_id == agent.pk
    of_team = view.team_id is not None and view.team_id == agent.team_id
    return agent.is_admin or (agent.is_lead and of_team)


def _seen_by(owner: int, team: int, *, sensitive: bool) -> QuerySet[SavedView]:
    of_all = Q(owner=None, team=None)
    found = SavedView.objects.filter(Q(owner=owner) | Q(team=team) | of_all)
    if not sensitive:
        named = SavedView.labels.through.objects.filter(label__is_sensitive=True)
        found = found.filter(is_sensitive=False).exclude(pk__in=named.values("savedview"))
    return found


@cache
def _prepared(sensitive: bool) -> Prepared:
    found = _seen_by(_OWNER, _TEAM, sensitive=sensitive)
    return Prepared(found.values_list("code", "name", AsText("tree"), "sort", *_KEYS))


@lru_cache(maxsize=1024)
def _folder(code: UUID, name: str, tree: str, sort: str, version: str) -> Folder | None:
    """None where what is stored cannot be read."""
    try:
        read = view_trees.read(json.loads(tree))
    except BadTree:
        return None
    return Folder(
        f"{PREFIX}{code.hex}",
        name,
        "filter",
        partial(view_queries.select, read),
        _("Nothing fits this view"),
        _("What fits appears here by itself."),
        own="me" in read.values_of("assignee"),
        version=version,
        sort=sort,
        statuses=view_trees.statuses(read),
        moments=view_queries.moments(read),
    )
