"""Saved views: made, changed, put in order and deleted by those they belong to."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from inbox import view_trees
from inbox.actions.conversations import NotPossible
from inbox.models import Agent, Label, SavedView, SavedViewEvent

MOST = 30  # of one owner, of one team, of everybody
What = SavedViewEvent.What


@transaction.atomic
def create(*, name: str, share: str, sort: str, tree: Any, by: Agent) -> SavedView:
    """``share``: "me", "team" or "all"."""
    view = SavedView(name=name, sort=sort, **_scope(share, by))
    list(Agent.objects.select_for_update().filter(pk=by.pk))  # two at once count both
    beside = _beside(view)
    if beside.count() >= MOST:
        raise NotPossible(_("There are too many views. Delete one that nobody needs."))
    last = beside.aggregate(last=Max("position"))["last"]
    view.position = 0 if last is None else last + 1
    _store(view, tree)
    _record(view, What.MADE, by)
    return view


@transaction.atomic
def change(view: SavedView, *, name: str, share: str, sort: str, tree: Any, by: Agent) -> None:
    view.refresh_from_db(from_queryset=SavedView.objects.select_for_update())
    view.name, view.sort = name, sort
    if share != scope_of(view):
        whose = _scope(share, by)
        view.owner, view.team = whose["owner"], whose["team"]
    _store(view, tree)
    _record(view, What.CHANGED, by)


@transaction.atomic
def move(view: SavedView, *, up: bool) -> None:
    """One place up or down among its like; at the end nothing happens."""
    views = list(_beside(view).select_for_update().order_by("position", "pk"))
    place = views.index(view)
    if (other := place - 1 if up else place + 1) in range(len(views)):
        views[place], views[other] = views[other], views[place]
    for position, one in enumerate(views):
        one.position = position
    SavedView.objects.bulk_update(views, ["position"])


@transaction.atomic
def delete(view: SavedView, *, by: Agent) -> None:
    _record(view, What.DELETED, by)
    view.delete()


def open_with(agent: Agent, slug: str) -> None:
    """The folder or view that this agent's inbox opens with."""
    Agent.objects.filter(pk=agent.pk).update(opens_with=slug)


def keep_hidden(label: Label) -> None:
    """What named a sensitive label stays unseen when the label is gone."""
    if label.is_sensitive:
        SavedView.objects.filter(labels=label).update(is_sensitive=True)


def merge_label(label: Label, into: Label) -> None:
    """Views that name the one name the other from now on."""
    keep_hidden(label)
    views = SavedView.objects.select_for_update().filter(labels=label)
    for view in views.order_by("pk"):
        tree = view_trees.read(view.tree)
        _store(view, view_trees.with_label_merged(tree, label.pk, into.pk).written())


def scope_of(view: SavedView) -> str:
    return "me" if view.owner_id else "team" if view.team_id else "all"


def _store(view: SavedView, raw: Any) -> None:
    """Raises ``BadTree``. A label is named only together with the view's link to it."""
    tree = view_trees.read(raw)
    named = Label.objects.filter(pk__in=tree.values_of("labels"))
    view.tree, view.changed_at = tree.written(), timezone.now()
    view.is_sensitive = view.is_sensitive or named.filter(is_sensitive=True).exists()
    view.save()
    view.labels.set(named)


def _scope(share: str, by: Agent) -> dict[str, Any]:
    match share:
        case "all" if by.is_admin:
            return {"owner": None, "team": None}
        case "team" if by.is_lead and by.team_id is not None:
            return {"owner": None, "team": by.team}
        case "me":
            return {"owner": by, "team": None}
    raise NotPossible(_("Your role does not allow this. Ask an admin."))


def _beside(view: SavedView) -> QuerySet[SavedView]:
    if view.owner_id is None and view.team_id is None:
        return SavedView.objects.filter(Q(owner=None) & Q(team=None))
    return SavedView.objects.filter(owner=view.owner_id, team=view.team_id)


def _record(view: SavedView, what: SavedViewEvent.What, by: Agent) -> None:
    SavedViewEvent.objects.create(view_code=view.code, what=what, by=by)
