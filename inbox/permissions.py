"""Which agent may see or do what. Whether it can be done in this state is asked elsewhere.

What an agent may not know of does not exist for them: the same 404 as an unknown address.
What they know of but may not do is refused with a sentence (403).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, Concatenate, ParamSpec, cast
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from inbox.http import AgentRequest
from inbox.models import Agent, Contact, ContactMerge, Conversation
from inbox.prepared import PreparedRows
from inbox.visibility import hidden_channels, without

ANY_CODE = UUID(int=0)  # stands for the conversation that is asked for (inbox.prepared)
P = ParamSpec("P")
View = Callable[Concatenate[AgentRequest, P], HttpResponse]


def access_conversation(agent: Agent, code: UUID) -> Conversation:
    """The conversation, or 404 when there is none that this agent may know of."""
    for found in _conversation(hidden_channels(agent)).ask({_given(ANY_CODE): _given(code)}):
        return found
    raise Http404


def access_contact(agent: Agent, code: UUID) -> Contact:
    """The contact, or 404 when the agent may see none of their conversations. Who was merged
    into another contact is that one now."""
    found = get_object_or_404(Contact, code=code)
    while merge := ContactMerge.objects.filter(gone=found, split_at=None).first():
        found = merge.kept
    if not without(hidden_channels(agent)).filter(contact=found).exists():
        raise Http404
    return found


@lru_cache(maxsize=64)
def _conversation(hidden: tuple[int, ...]) -> PreparedRows[Conversation]:
    """Asked for nearly every page: made once for all who may see the same numbers."""
    rows = without(hidden).select_related("contact", "channel", "assignee", "team")
    return PreparedRows(rows.filter(code=ANY_CODE))


def _given(code: UUID) -> Any:
    """A code as it stands in a query: SQLite wants a text."""
    return Conversation._meta.get_field("code").get_db_prep_value(code, connection)


def admin_required(view: View[P]) -> View[P]:
    return _require(view, lambda agent: agent.is_admin)


def lead_required(view: View[P]) -> View[P]:
    return _require(view, lambda agent: agent.is_lead)


def _require(view: View[P], allowed: Callable[[Agent], bool]) -> View[P]:
    @login_required
    @wraps(view)
    def checked(request: AgentRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not allowed(request.user):
            raise PermissionDenied(_("Your role does not allow this. Ask an admin."))
        return view(request, *args, **kwargs)

    return cast("View[P]", checked)
