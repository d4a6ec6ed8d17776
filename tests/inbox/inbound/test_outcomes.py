"""Each sample body of tests/payloads/whatsapp, and what it leads to."""

from __future__ import annotations

import pytest

from inbox.actions import draining
from inbox.models import (
    Attachment,
    Channel,
    ChannelEvent,
    Contact,
    Conversation,
    Message,
    ParkedHappening,
    Reaction,
)
from tests.inbox.inbound.outcomes import OUTCOMES
from tests.inbox.inbound.posting import store
from tests.inbox.inbound.scene import Scene, set_the_scene
from tests.whatsapp.bodies import FILES, FOLDER

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    return set_the_scene()


def post(name: str) -> None:
    webhook = store((FOLDER / f"{name}.json").read_bytes())
    draining.drain(webhook.lane)


@pytest.mark.parametrize("name", OUTCOMES)
def test_it_has_its_outcome(name: str, scene: Scene) -> None:
    post(name)

    assert OUTCOMES[name](scene)
    assert not ParkedHappening.objects.filter(state="failed", kind__endswith="ed").exists()


@pytest.mark.parametrize("name", OUTCOMES)
def test_hearing_it_twice_changes_nothing(name: str, scene: Scene) -> None:
    post(name)
    before = _everything()

    post(name)

    assert _everything() == before


def test_every_sample_is_in_the_table() -> None:
    assert {file.stem for file in FILES} == set(OUTCOMES)


def _everything() -> list[object]:
    return [
        list(Message.objects.order_by("pk").values("pk", "kind", "body", "status", "content")),
        list(Conversation.objects.order_by("pk").values("pk", "status", "unread_count")),
        list(Contact.objects.order_by("pk").values("pk", "phone", "bsuid", "display_name")),
        list(Reaction.objects.order_by("pk").values("pk", "emoji", "at")),
        list(ChannelEvent.objects.order_by("pk").values("pk")),
        list(Channel.objects.values("quality", "account_status", "messaging_limit")),
        list(Attachment.objects.order_by("pk").values("pk", "state")),
    ]
