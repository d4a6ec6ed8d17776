"""From a number to the Graph API: which address, which version, which token."""

from __future__ import annotations

from django.conf import settings

from inbox.models import Channel
from inbox.whatsapp import GraphClient, Token, client_for


def client_of(channel: Channel) -> GraphClient:
    """A number may have an address of its own, such as a simulator's."""
    return client_for(
        channel.graph_base_url or settings.GRAPH_BASE_URL,
        channel.graph_version or settings.GRAPH_VERSION,
    )


def token_of(channel: Channel) -> Token:
    token: str = channel.token
    return token
