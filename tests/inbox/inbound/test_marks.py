"""inbox.actions.inbound.reactions and edits: what is said about a message, in any order"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from inbox import events, search
from inbox.models import Channel, Conversation, Message, ParkedHappening, Reaction
from tests.factories import (
    make_agent,
    make_channel,
    make_contact,
    make_conversation,
    make_message,
)
from tests.inbox.inbound.posting import deliver, message, of_number, text

pytestmark = pytest.mark.django_db

NOW = timezone.now().replace(microsecond=0)


@pytest.fixture
def conversation() -> Conversation:
    contact = make_contact(phone="491700000123")
    return make_conversation(contact=contact, channel=make_channel())


def arrive(channel: Channel, *messages: dict[str, Any]) -> None:
    deliver(of_number(channel, messages=list(messages)))


def reaction(target: str, emoji: str | None, minutes: int = 0) -> dict[str, Any]:
    mark = {"message_id": target} | ({"emoji": emoji} if emoji is not None else {})
    return message("reaction", {"reaction": mark}, at=NOW + timedelta(minutes=minutes))


def edit(target: str, body: str, minutes: int = 0) -> dict[str, Any]:
    new = {"type": "text", "text": {"body": body}}
    parts = {"edit": {"original_message_id": target, "message": new}}
    return message("edit", parts, at=NOW + timedelta(minutes=minutes))


def revoke(target: str) -> dict[str, Any]:
    return message("revoke", {"revoke": {"original_message_id": target}})


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ([("👍", 1)], "👍"),
        ([("👍", 1), ("❤️", 2)], "❤️"),
        ([("❤️", 2), ("👍", 1)], "❤️"),
        ([("👍", 1), (None, 2)], ""),
        ([(None, 2), ("👍", 1)], ""),
        ([("👍", 1), ("", 2)], ""),
    ],
    ids=["one", "another", "out of order", "taken back", "taken back before", "old way"],
)
@pytest.mark.parametrize("together", [True, False], ids=["one post", "one by one"])
def test_the_newest_reaction_counts(
    conversation: Conversation,
    marks: list[tuple[str | None, int]],
    expected: str,
    together: bool,
) -> None:
    target = make_message(conversation, direction="out")
    given = [reaction(target.wamid or "", emoji, minutes) for emoji, minutes in marks]

    for post in [given] if together else [[each] for each in given]:
        arrive(conversation.channel, *post)

    assert Reaction.objects.get(message=target, from_us=False).emoji == expected


def test_a_reaction_opens_the_window_and_makes_no_noise(
    conversation: Conversation, published: list[events.HintBody]
) -> None:
    Conversation.objects.update(window_expires_at=None, waiting_since=None)
    target = make_message(conversation, direction="out")

    arrive(conversation.channel, reaction(target.wamid or "", "👍"))

    conversation.refresh_from_db()
    assert conversation.window_expires_at == NOW + timedelta(hours=24)
    assert (conversation.unread_count, conversation.waiting_since) == (0, None)
    assert published == [events.about(conversation)]


def test_a_reaction_before_its_message_shows_when_that_comes(
    conversation: Conversation,
) -> None:
    late = text("Late")
    arrive(conversation.channel, reaction(late["id"], "👍"))
    assert not Reaction.objects.exists()

    arrive(conversation.channel, late)

    assert Reaction.objects.get().message.body == "Late"
    assert ParkedHappening.objects.get().state == "done"


def test_ours_and_theirs_stand_side_by_side(conversation: Conversation) -> None:
    target = make_message(conversation)
    agent = make_agent()
    Reaction.objects.create(message=target, from_us=True, author=agent, emoji="🙏", at=NOW)

    arrive(conversation.channel, reaction(target.wamid or "", "👍"))

    assert set(target.reactions.values_list("emoji", "from_us")) == {
        ("🙏", True),
        ("👍", False),
    }


def test_an_edit_keeps_what_was_said_before(conversation: Conversation) -> None:
    said = make_message(conversation, "Three o'clock")
    arrive(conversation.channel, edit(said.wamid or "", "Four o'clock"))

    said.refresh_from_db()
    assert (said.body, said.edited_at) == ("Four o'clock", NOW)
    assert said.versions.get().body == "Three o'clock"


def test_an_older_edit_that_comes_later_changes_nothing(conversation: Conversation) -> None:
    said = make_message(conversation, "one")
    arrive(conversation.channel, edit(said.wamid or "", "three", minutes=2))
    arrive(conversation.channel, edit(said.wamid or "", "two", minutes=1))

    said.refresh_from_db()
    assert said.body == "three"
    assert said.versions.count() == 1


def test_a_deleted_message_leaves_its_place_and_its_evidence(
    conversation: Conversation,
) -> None:
    said = make_message(conversation, "A secret")
    Conversation.objects.update(last_message_id=said.pk, last_message_preview="A secret")
    search.index_messages([said])

    arrive(conversation.channel, revoke(said.wamid or ""))

    said.refresh_from_db()
    conversation.refresh_from_db()
    assert said.revoked_at is not None
    assert (said.body, said.versions.get().body) == ("", "A secret")
    assert conversation.last_message_preview == ""


def test_a_deletion_before_its_message_is_a_tombstone(conversation: Conversation) -> None:
    late = text("Never to be read")
    arrive(conversation.channel, revoke(late["id"]))
    arrive(conversation.channel, late)

    message = Message.objects.get(wamid=late["id"])
    assert (message.body, message.versions.get().body) == ("", "Never to be read")
    assert message.revoked_at is not None


def test_edit_and_deletion_in_one_post_with_their_message(conversation: Conversation) -> None:
    said = text("one")
    arrive(conversation.channel, revoke(said["id"]), edit(said["id"], "two"), said)

    message = Message.objects.get(wamid=said["id"])
    assert message.revoked_at is not None
    assert message.body == ""


def test_nobody_edits_what_the_other_side_said(conversation: Conversation) -> None:
    ours = make_message(conversation, "Our word", direction="out")
    arrive(conversation.channel, edit(ours.wamid or "", "Their word"), text("A neighbour"))

    ours.refresh_from_db()
    assert ours.body == "Our word"
    parked = ParkedHappening.objects.get()
    assert (parked.state, parked.kind) == ("failed", "MessageEdited")
    assert Message.objects.filter(body="A neighbour").exists()
