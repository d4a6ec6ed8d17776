"""POST /conversations/<code>/notes/ and inbox.actions.notes"""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains

from inbox import events, search
from inbox.actions import notes
from inbox.actions.conversations import NotPossible
from inbox.models import Agent, Attachment, Conversation, Message
from tests.factories import make_conversation, make_message
from tests.inbox.replies_views.drafts import FETCH, hidden_channel, post
from tests.inbox.together.writing import note, post_note

pytestmark = pytest.mark.django_db

PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00"
    b"\x1f\x15\xc4\x89\x00\x00\x00\rIDATx\x9cc\xf8\xff\xff?\x00\x05\xfe\x02\xfe\xa75\x81\x84"
    b"\x00\x00\x00\x00IEND\xaeB`\x82"
)


def test_a_note_stands_in_the_thread_for_colleagues(
    agent_client: Client, agent: Agent, published: list[events.HintBody]
) -> None:
    conversation = make_conversation()

    r = post_note(agent_client, conversation, body="  She is a regular <b>customer</b> ")

    assertContains(r, "She is a regular &lt;b&gt;customer&lt;/b&gt;")
    assertContains(r, "Anna Keller · internal note")
    written = Message.objects.get()
    assert (written.kind, written.direction, written.status) == ("note", "internal", "")
    assert (written.author, written.body) == (agent, "She is a regular <b>customer</b>")
    assert published == [events.about(conversation)]


def test_a_double_click_writes_one_note(agent_client: Client) -> None:
    conversation, key = make_conversation(), uuid4()

    first = post_note(agent_client, conversation, body="Once", draft_key=key)
    second = post_note(agent_client, conversation, body="Once", draft_key=key)

    assert first.content == second.content
    assert Message.objects.count() == 1


def test_the_key_of_an_answer_makes_no_note(agent_client: Client, agent: Agent) -> None:
    conversation, key = make_conversation(), uuid4()
    post(agent_client, "reply", conversation.code, body="To the customer", draft_key=key)

    r = post_note(agent_client, conversation, body="A note", draft_key=key)

    assert r.status_code == 422
    assert [m.kind for m in Message.objects.all()] == ["text"]


@pytest.mark.parametrize("state", ["closed", "snoozed"])
def test_it_may_be_written_in_any_state(state: str, agent_client: Client) -> None:
    conversation = make_conversation(wrote=timedelta(days=3), status=state)

    r = post_note(agent_client, conversation, body="For later")

    assert r.status_code == 200
    conversation.refresh_from_db()
    assert conversation.status == state


def test_an_empty_note_is_none(agent_client: Client) -> None:
    r = post_note(agent_client, make_conversation(), body=" \n ")

    assert r.status_code == 422
    assert r.json() == {"errors": ["Write something first."]}
    assert not Message.objects.exists()


def test_without_scripts_what_was_typed_is_kept(agent_client: Client) -> None:
    conversation = make_conversation()
    url = reverse("inbox:note", args=[conversation.code])

    r = agent_client.post(url, {"body": "x" * 10_001})

    assertContains(r, "x" * 10_001, status_code=422)
    assertContains(r, 'aria-describedby="note-error"', status_code=422)


def test_without_scripts_the_note_leads_back_to_the_thread(agent_client: Client) -> None:
    conversation = make_conversation()

    r = agent_client.post(reverse("inbox:note", args=[conversation.code]), {"body": "Note"})

    assert r.status_code == 302
    assert r.headers["Location"] == conversation.get_absolute_url()


def test_files_go_with_it_and_are_guarded_like_all(
    agent_client: Client, colleague_client: Client
) -> None:
    conversation = make_conversation()
    files = [
        SimpleUploadedFile("offer.pdf", b"%PDF-1.4 test", "application/pdf"),
        SimpleUploadedFile("photo.png", PNG, "image/png"),
    ]

    r = post_note(agent_client, conversation, attached=files)

    assert r.status_code == 200
    stored = list(Attachment.objects.order_by("pk"))
    assert [f.mime_type for f in stored] == ["application/pdf", "image/png"]
    for file in stored:
        url = reverse("inbox:media", args=[file.code])
        assertContains(r, url)
        shown: Any = colleague_client.get(url, headers={"If-None-Match": f'"{file.sha256}"'})
        assert shown.status_code == 304  # known, and not sent again
    conversation.channel.teams.set(hidden_channel().teams.all())
    assert (
        colleague_client.get(reverse("inbox:media", args=[stored[0].code])).status_code == 404
    )


def test_a_refused_note_leaves_no_file_behind(agent_client: Client, agent: Agent) -> None:
    conversation = make_conversation()
    file = SimpleUploadedFile("a.txt", b"words", "text/plain")

    r = post_note(agent_client, conversation, attached=[file], mention="agent:nobody", body="x")

    assert r.status_code == 422
    assert not Attachment.objects.exists()
    empty = SimpleUploadedFile("a.txt", b"", "text/plain")
    assert post_note(agent_client, conversation, attached=[empty]).status_code == 422


def test_eleven_files_are_too_many(agent_client: Client) -> None:
    files = [SimpleUploadedFile(f"{n}.txt", b"words", "text/plain") for n in range(11)]

    r = post_note(agent_client, make_conversation(), attached=files)

    assert r.json() == {"errors": ["At most 10 files go with a note."]}


def test_it_is_found_by_those_who_may_see_the_conversation(
    agent: Agent, colleague: Agent
) -> None:
    conversation = make_conversation()
    note(conversation, agent, "Prefers Eichenholz")

    found = search.find(colleague, "eichenholz")
    conversation.channel.teams.set(hidden_channel().teams.all())
    hidden = search.find(colleague, "eichenholz")

    assert len(found.messages) == 1
    assert list(hidden.messages) == []


def test_its_author_changes_it_and_what_it_said_is_kept(
    agent_client: Client, agent: Agent, lead_client: Client
) -> None:
    written = note(make_conversation(), agent, "Prefers Eichenholz")
    url = reverse("inbox:note_edit", args=[written.code])

    form = agent_client.get(url)
    r = agent_client.post(url, {"body": "Prefers Buche"}, headers=FETCH)

    assertContains(form, "Prefers Eichenholz")
    assertContains(r, "Prefers Buche")
    assertContains(r, "edited")
    details = lead_client.get(reverse("inbox:message_details", args=[written.code]))
    assertContains(details, "Prefers Eichenholz")
    assert not search.find(agent, "eichenholz").messages
    assert search.find(agent, "buche").messages


def test_nobody_else_changes_or_deletes_it(agent: Agent, colleague_client: Client) -> None:
    written = note(make_conversation(), agent)

    for name in ("note_edit", "note_delete"):
        r = colleague_client.post(
            reverse(f"inbox:{name}", args=[written.code]), {"body": "Mine"}, headers=FETCH
        )
        assertContains(r, "Only who wrote a note can change it.", status_code=r.status_code)
        assert r.status_code in {409, 422}
    written.refresh_from_db()
    assert (written.body, written.revoked_at) == ("Call back", None)


def test_after_an_hour_it_stays_as_it_is(agent: Agent) -> None:
    written = note(make_conversation(), agent)
    Message.objects.update(created_at=timezone.now() - timedelta(minutes=61))
    written.refresh_from_db()

    with pytest.raises(NotPossible, match="one hour"):
        notes.edit(written, body="Too late", by=agent)
    with pytest.raises(NotPossible, match="one hour"):
        notes.delete(written, by=agent)


def test_a_deleted_note_comes_back(agent_client: Client, agent: Agent) -> None:
    written = note(make_conversation(), agent, "Prefers Eichenholz")
    url = reverse("inbox:note_delete", args=[written.code])

    answer = agent_client.post(url, headers=FETCH).json()
    while_gone = list(search.find(agent, "eichenholz").messages)
    agent_client.post(answer["undo"]["url"], headers=FETCH)

    written.refresh_from_db()
    assert while_gone == []
    assert written.revoked_at is None
    assert search.find(agent, "eichenholz").messages


@pytest.mark.parametrize("name", ["note_edit", "note_delete", "note_restore"])
def test_what_was_sent_is_no_note_to_change(
    name: str, agent_client: Client, agent: Agent
) -> None:
    said = make_message(make_conversation(), "Sent", direction="out", author=agent)

    r = agent_client.post(reverse(f"inbox:{name}", args=[said.code]), {"body": "Unsaid"})

    assert r.status_code == 404
    said.refresh_from_db()
    assert said.body == "Sent"


def test_the_list_shows_what_the_customer_said_last(agent: Agent) -> None:
    conversation = make_conversation(unread_count=1)
    before = Conversation.objects.values().get()

    note(conversation, agent)

    assert Conversation.objects.values().get() == before
