"""From a number to the Graph API: which address, which version, which token."""

from __future__ import annotations

from datetime import date

from django.conf import settings

from inbox.models import Channel
from inbox.whatsapp import GraphClient, Token, client_for

# When Meta stops answering, as announced; versions not listed have no date yet.
VERSION_ENDS = {
    "v20.0": date(2026, 9, 24),
    "v21.0": date(2027, 1, 21),
    "v22.0": date(2027, 5, 20),
    "v23.0": date(2027, 10, 8),
    "v24.0": date(2028, 2, 18),
    "v25.0": date(2028, 7, 29),
}


def client_of(channel: Channel) -> GraphClient:
    """A number may have an address of its own, such as a simulator's."""
    return client_for(
        channel.graph_base_url or settings.GRAPH_BASE_URL,
        version_of(channel),
    )


def version_of(channel: Channel) -> str:
    return channel.graph_version or str(settings.GRAPH_VERSION)


def token_of(channel: Channel) -> Token:
    token: str = channel.token
    return token
