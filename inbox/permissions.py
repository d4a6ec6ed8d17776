"""Which agent may see or do what. Whether it can be done in this state is asked elsewhere.

What an agent may not know of does not exist for them: the same 404 as an unknown address.
What they know of but may not do is refused with a sentence (403).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from inbox.http import AgentRequest
from inbox.models import Agent, Conversation
from inbox.visibility import hidden_channels, without

P = ParamSpec("P")
View = Callable[Concatenate[AgentRequest, P], HttpResponse]


def access_conversation(agent: Agent, code: UUID) -> Conversation:
    """The conversation, or 404 when there is none that this agent may know of."""
    conversations = without(hidden_channels(agent))
    return get_object_or_404(
        conversations.select_related("contact", "channel", "assignee", "team"), code=code
    )


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
