"""Saved views: the list of them, making, changing, moving and deleting one."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from inbox import view_trees
from inbox.actions import saved_views as actions
from inbox.actions.conversations import NotPossible
from inbox.folders import DEFAULT, FOLDERS
from inbox.forms.saved_views import SavedViewForm
from inbox.http import AgentRequest
from inbox.models import Agent, SavedView
from inbox.saved_views import folder_for, folders_for, in_order, may_change, slug_of, views_for
from inbox.view_trees import BadTree, Condition, Group
from inbox.views.listings import listing_of
from inbox.views.settings.forms import show_form

# What the folders are made of, as far as a view can say it.
OF_FOLDERS: dict[str, tuple[Condition, ...]] = {
    "mine": (Condition("status", "is", ("open",)), Condition("assignee", "is", ("me",))),
    "unassigned": (
        Condition("status", "is", ("open",)),
        Condition("assignee", "is", ("nobody",)),
    ),
    "all": (Condition("status", "is", ("open",)),),
    "snoozed": (Condition("status", "is", ("snoozed",)),),
    "closed": (Condition("status", "is", ("closed",)),),
}


@require_safe
@never_cache
@login_required
def views(request: AgentRequest) -> HttpResponse:
    agent = request.user
    found = in_order(views_for(agent).select_related("team"))
    kinds = [("me", _("Only me")), ("team", _("My team")), ("all", _("Everybody"))]
    groups = [
        (title, [view for view in found if actions.scope_of(view) == kind])
        for kind, title in kinds
    ]
    context = {
        "groups": [(title, _lines(its, agent)) for title, its in groups if its],
        "folders": [*FOLDERS.values(), *folders_for(agent)],
        "opens_with": agent.opens_with or DEFAULT,
    }
    return render(request, "inbox/saved_views.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new(request: AgentRequest) -> HttpResponse:
    """``?in=folder`` and the list's filters: what to begin with."""
    if request.method == "POST":
        form = SavedViewForm(request.POST, by=request.user)
    else:
        sort = request.GET.get("sort", "waiting")
        initial = {"share": "me", "match": "all", "sort": sort}
        form = SavedViewForm(by=request.user, tree=_looked_at(request), initial=initial)
    if form.is_valid():
        try:
            view = actions.create(**_saved(form), by=request.user)
        except NotPossible as exc:
            form.add_error(None, str(exc))
        else:
            return redirect("inbox:folder", slug_of(view))
    return show_form(request, "inbox/saved_view.html", form, view=None)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def view(request: AgentRequest, code: uuid.UUID) -> HttpResponse:
    found = _own(request, code)
    if request.method == "POST":
        form = SavedViewForm(request.POST, by=request.user)
    else:
        initial = {"name": found.name, "sort": found.sort, "share": actions.scope_of(found)}
        tree = _tree(found)
        form = SavedViewForm(by=request.user, tree=tree, initial=initial)
    if form.is_valid():
        try:
            actions.change(found, **_saved(form), by=request.user)
        except NotPossible as exc:
            form.add_error(None, str(exc))
        else:
            return redirect("inbox:folder", slug_of(found))
    return show_form(request, "inbox/saved_view.html", form, view=found)


@require_POST
@login_required
def move(request: AgentRequest, code: uuid.UUID) -> HttpResponse:
    actions.move(_own(request, code), up=request.POST.get("direction") == "up")
    return redirect("inbox:saved_views")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def delete(request: AgentRequest, code: uuid.UUID) -> HttpResponse:
    found = _own(request, code)
    if request.method == "POST":
        actions.delete(found, by=request.user)
        messages.success(request, _("View “%(name)s” is gone.") % {"name": found.name})
        return redirect("inbox:saved_views")
    return render(request, "inbox/saved_view_delete.html", {"view": found})


@require_POST
@login_required
def opening(request: AgentRequest) -> HttpResponse:
    """Where this agent's inbox opens."""
    folder = folder_for(request.user, request.POST.get("folder", ""))
    if folder is None:
        raise Http404
    actions.open_with(request.user, folder.slug)
    messages.success(request, _("Saved."))
    return redirect("inbox:saved_views")


def _own(request: AgentRequest, code: uuid.UUID) -> SavedView:
    """404 for what one may not know of, 403 for what one only uses."""
    found = get_object_or_404(views_for(request.user), code=code)
    if not may_change(found, request.user):
        raise PermissionDenied(_("This view belongs to others. Ask a team lead or an admin."))
    return found


def _tree(view: SavedView) -> Group | None:
    try:
        return view_trees.read(view.tree)
    except BadTree:
        return None  # it begins anew


def _saved(form: SavedViewForm) -> dict[str, Any]:
    chosen = form.cleaned_data
    return {name: chosen[name] for name in ("name", "share", "sort")} | {"tree": form.tree}


def _looked_at(request: AgentRequest) -> Group | None:
    """What the list shows from which one comes."""
    slug = request.GET.get("in", "")
    if slug not in OF_FOLDERS:
        return None
    wanted = listing_of(request, slug).filters
    parts = list(OF_FOLDERS[slug])
    if wanted.labels:
        parts.append(Condition("labels", "all", tuple(label.pk for label in wanted.labels)))
    if wanted.assignee:
        parts.append(Condition("assignee", "is", (f"agent:{wanted.assignee.pk}",)))
    if wanted.number:
        parts.append(Condition("number", "is", (wanted.number.pk,)))
    return Group(is_all=True, parts=tuple(parts))


def _lines(views: list[SavedView], agent: Agent) -> list[dict[str, Any]]:
    return [
        {"view": one, "slug": slug_of(one), "may_change": may_change(one, agent)}
        for one in views
    ]
