"""POST /conversations/<code>/reply/"""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from inbox.models import Agent, Message
from tests.factories import make_contact, make_conversation, make_message
from tests.inbox.replies_views.drafts import hidden_channel, post, post_plainly

pytestmark = pytest.mark.django_db
OUT = Message.Direction.OUT


def test_it_is_queued_and_comes_back_as_a_bubble(
    agent_client: Client,
    agent: Agent,
    nudged: list[tuple[Any, ...]],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    conversation = make_conversation()

    with django_capture_on_commit_callbacks(execute=True):
        r = post(agent_client, "reply", conversation.code, body="On its way")

    message = Message.objects.get(direction=OUT)
    assert (message.body, message.author, message.status) == ("On its way", agent, "queued")
    assertContains(r, f'id="message-{message.pk}"')
    assertContains(r, "On its way")
    assertContains(r, "Waiting to be sent")
    assert ("carry", conversation.channel_id) in nudged


def test_a_double_click_sends_once(agent_client: Client) -> None:
    conversation, key = make_conversation(), uuid4()

    for _attempt in range(2):
        r = post(agent_client, "reply", conversation.code, body="Hi", draft_key=key)
        assert r.status_code == 200

    assert Message.objects.filter(direction=OUT).count() == 1


def test_it_can_quote(agent_client: Client) -> None:
    conversation = make_conversation()
    asked = make_message(conversation, "When?")

    r = post(agent_client, "reply", conversation.code, body="Tuesday", quoted=asked.pk)

    assert Message.objects.get(direction=OUT).quoted == asked
    assertContains(r, "When?")


def test_a_message_of_somebody_else_is_not_quoted(agent_client: Client) -> None:
    conversation = make_conversation()
    elsewhere = make_message(make_conversation(), "Secret")

    r = post(agent_client, "reply", conversation.code, body="Hi", quoted=elsewhere.pk)

    assert Message.objects.get(direction=OUT).quoted is None
    assertNotContains(r, "Secret")


def test_sent_and_closed_in_one_go(agent_client: Client) -> None:
    conversation = make_conversation()

    post(agent_client, "reply", conversation.code, body="Bye", then="close")

    conversation.refresh_from_db()
    assert conversation.status == "closed"
    assert Message.objects.filter(direction=OUT).count() == 1


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("", "Write something first."),
        ("   ", "Write something first."),
        ("x" * 4097, "at most 4096 characters"),
    ],
    ids=["nothing", "spaces", "too long"],
)
def test_mistakes_are_said_and_nothing_typed_is_lost(
    agent_client: Client, body: str, words: str
) -> None:
    conversation = make_conversation()

    r = post(agent_client, "reply", conversation.code, body=body)

    assertContains(r, words, status_code=422)
    assertContains(r, body.strip() or "<textarea", status_code=422)
    assert not Message.objects.exists()


def test_a_closed_window_is_explained(agent_client: Client) -> None:
    conversation = make_conversation(wrote=timedelta(hours=25))

    r = post(agent_client, "reply", conversation.code, body="Hello?")

    assertContains(r, "More than 24 hours have passed", status_code=422)
    assertContains(r, "Choose a template", status_code=422)
    assert not Message.objects.exists()


def test_a_blocked_person_is_explained_with_the_text_kept(agent_client: Client) -> None:
    conversation = make_conversation(contact=make_contact(blocked_at=timezone.now()))

    r = post(agent_client, "reply", conversation.code, body="Hello?")

    assertContains(r, "You have blocked this person", status_code=422)
    assertContains(r, "Hello?", status_code=422)


def test_a_colleague_who_was_faster_stops_it_once(
    agent_client: Client, colleague: Agent
) -> None:
    conversation = make_conversation()
    seen = make_message(conversation, "When?")
    faster = make_message(conversation, "Tuesday!", direction="out", author=colleague)
    draft = {"body": "Wednesday", "seen": seen.pk, "draft_key": uuid4()}

    r = post(agent_client, "reply", conversation.code, **draft)

    assertContains(r, "Somebody has answered meanwhile", status_code=409)
    assertContains(r, "Tuesday!", status_code=409)
    assertContains(r, "Jana Meier", status_code=409)
    assertContains(r, f'data-seen="{faster.pk}"', status_code=409)
    again = post(agent_client, "reply", conversation.code, **draft | {"seen": faster.pk})
    assert again.status_code == 200


def test_without_scripts_the_page_comes_back(agent_client: Client) -> None:
    conversation = make_conversation()

    r = post_plainly(agent_client, "reply", conversation.code, body="Hi")

    assertRedirects(r, conversation.get_absolute_url(), fetch_redirect_response=False)


def test_without_scripts_a_mistake_is_shown_on_the_page(agent_client: Client) -> None:
    conversation = make_conversation()
    make_message(conversation, "Good morning")

    r = post_plainly(agent_client, "reply", conversation.code, body="x" * 4097)

    assertContains(r, "<html", status_code=422)
    assertContains(r, "Good morning", status_code=422)
    assertContains(r, "x" * 4097, status_code=422)


def test_without_scripts_the_second_try_goes_through(
    agent_client: Client, colleague: Agent
) -> None:
    conversation = make_conversation()
    seen = make_message(conversation)
    faster = make_message(conversation, "Tuesday!", direction="out", author=colleague)

    r = post_plainly(agent_client, "reply", conversation.code, body="Wednesday", seen=seen.pk)

    assertContains(r, "Somebody has answered meanwhile", status_code=409)
    assertContains(r, f'name="seen" value="{faster.pk}"', status_code=409)
    assertContains(r, "Wednesday", status_code=409)


def test_what_is_typed_comes_back_as_text(agent_client: Client) -> None:
    attack = "</textarea><script>alert(1)</script>" + "x" * 4096

    r = post(agent_client, "reply", make_conversation().code, body=attack)

    assertNotContains(r, "<script>", status_code=422)


@pytest.mark.parametrize("name", ["draft_key", "seen", "quoted"])
def test_nonsense_beside_the_text_is_a_mistake(agent_client: Client, name: str) -> None:
    r = post(agent_client, "reply", make_conversation().code, body="Hi", **{name: "x"})

    assert r.status_code == 422
    assert not Message.objects.exists()


def test_strangers_are_asked_to_sign_in(client: Client) -> None:
    assert post(client, "reply", make_conversation().code, body="Hi").status_code == 302


def test_hidden_and_unknown_ones_are_the_same_404(agent_client: Client) -> None:
    hidden = make_conversation(channel=hidden_channel())

    for code in (hidden.code, uuid4()):
        assert post(agent_client, "reply", code, body="Hi").status_code == 404


def test_it_rejects_get(agent_client: Client) -> None:
    url = reverse("inbox:reply", args=[make_conversation().code])

    assert agent_client.get(url).status_code == 405
