"""What a request from somebody signed in looks like to the type checker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

if TYPE_CHECKING:
    from inbox.models import Agent


class AgentRequest(HttpRequest):
    user: Agent
    htmx: HtmxDetails
