"""Every address of the desk, tried by those it is not for

Walks the list of addresses, so that a new one is tried from its first day.
"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from inbox.models import Conversation, Message
from inbox.urls import urlpatterns
from tests.factories import make_contact, make_conversation, make_message
from tests.inbox.replies_views.drafts import hidden_channel
from tests.inbox.thread.messages import make_file

pytestmark = pytest.mark.django_db

# For everybody: signing in, what browsers and monitors ask for, and the live stream, which
# answers below Django.
PUBLIC = {
    *("login", "logout", "join", "password_forgotten", "password_new"),
    *("manifest", "service_worker", "healthz", "label_colours", "live"),
}
VALUES: dict[str, object] = {
    "folder": "all",
    "what": "location",
    "handle": "none",
    "token": "none",
    "kind": "away",
    "variant": "de",
}
ADDRESSES = [each for each in urlpatterns if isinstance(each, URLPattern)]
INSIDE = [each for each in ADDRESSES if each.name not in PUBLIC]
OF_SETTINGS = [each for each in INSIDE if str(each.pattern).startswith("settings/")]
# Everybody writes quick replies of their own; what is anybody else's is not there for them.
OF_AGENTS_TOO = {
    *("settings_quick_replies", "settings_quick_reply_new", "settings_quick_reply_preview"),
}
OF_LEADS = [each for each in OF_SETTINGS if each.name not in OF_AGENTS_TOO]
OF_CONVERSATIONS = [
    each for each in INSIDE if "code" in each.pattern.converters and each not in OF_SETTINGS
]


def ids(patterns: list[URLPattern]) -> list[str]:
    return [str(each.name) for each in patterns]


def address(pattern: URLPattern, code: UUID | None = None) -> str:
    values = {
        name: VALUES.get(name) or (code if name == "code" and code else uuid4())
        for name in pattern.pattern.converters
    }
    return reverse(f"inbox:{pattern.name}", kwargs=values)


def tries(client: Client, path: str) -> Iterator[int]:
    yield client.get(path).status_code
    yield client.post(path).status_code


@pytest.mark.parametrize("pattern", INSIDE, ids=ids(INSIDE))
def test_strangers_get_in_nowhere(pattern: URLPattern, client: Client) -> None:
    for status in tries(client, address(pattern)):
        assert status in {302, 401, 403, 405}
    if "code" not in pattern.pattern.converters:
        answer = client.get(address(pattern), follow=True)
        assert answer.status_code == 405 or answer.request["PATH_INFO"] == "/login/"


@pytest.mark.parametrize("pattern", OF_LEADS, ids=ids(OF_LEADS))
def test_agents_change_no_settings(pattern: URLPattern, agent_client: Client) -> None:
    for status in tries(agent_client, address(pattern)):
        assert status in {302, 403, 404, 405}
    answer = agent_client.get(address(pattern), follow=True)
    assert answer.status_code in {403, 404, 405}


@pytest.mark.parametrize("pattern", OF_CONVERSATIONS, ids=ids(OF_CONVERSATIONS))
def test_what_belongs_to_another_team_is_as_if_it_were_not(
    pattern: URLPattern, agent_client: Client
) -> None:
    hidden = make_conversation(channel=hidden_channel(), contact=make_contact())
    message = make_message(hidden, "Secret words", kind="image")
    file = make_file(message)

    for code in (hidden.code, hidden.contact.code, message.code, file.code):
        there = list(tries(agent_client, address(pattern, code)))
        nowhere = list(tries(agent_client, address(pattern)))
        assert there == nowhere
        assert set(there) <= {404, 405}
    assert Conversation.objects.get().changed_at == hidden.changed_at
    assert Message.objects.get() == message
