"""GET …/templates/, GET and POST …/templates/<code>/, POST …/templates/<code>/preview/"""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image
from pytest_django.asserts import assertContains, assertNotContains

from inbox.models import Agent, Channel, Conversation, Message, Template
from tests.factories import make_channel, make_conversation
from tests.inbox.replies_views.drafts import hidden_channel, post

pytestmark = pytest.mark.django_db
BODY = {
    "type": "BODY",
    "text": "Hello {{1}}, your order {{2}} is ready.",
    "example": {"body_text": [["Pablo", "4711"]]},
}


@pytest.fixture
def channel() -> Channel:
    return make_channel(waba_id="77")


@pytest.fixture
def conversation(channel: Channel) -> Conversation:
    """Its window is closed: a template is the only way."""
    return make_conversation(channel=channel, wrote=timedelta(hours=30))


def make_template(**fields: Any) -> Template:
    defaults = {
        "waba_id": "77",
        "meta_id": uuid4().hex,
        "name": "order_ready",
        "language": "en",
        "status": "APPROVED",
        "category": "UTILITY",
        "components": [BODY],
    }
    return Template.objects.create(**(defaults | fields))


def test_the_picker_shows_what_can_be_sent(
    agent_client: Client, conversation: Conversation
) -> None:
    make_template()
    make_template(language="de", components=[{"type": "BODY", "text": "Hallo <b>Welt</b>"}])
    make_template(name="in_review", status="PENDING")
    make_template(name="elsewhere", waba_id="88")

    r = agent_client.get(reverse("inbox:templates", args=[conversation.code]))

    assertContains(r, "order_ready", count=4)  # name and what the search looks in, twice
    assertContains(r, "Order or request")
    assertContains(r, "Hallo &lt;b&gt;Welt&lt;/b&gt;")
    assertContains(r, '<option value="de">')
    assertNotContains(r, "in_review")
    assertNotContains(r, "elsewhere")


def test_an_empty_picker_says_what_to_do(
    agent_client: Client, conversation: Conversation
) -> None:
    r = agent_client.get(reverse("inbox:templates", args=[conversation.code]))

    assertContains(r, "There are no templates yet")


def test_the_form_asks_for_each_value(agent_client: Client, conversation: Conversation) -> None:
    template = make_template()

    r = agent_client.get(reverse("inbox:template", args=[conversation.code, template.code]))

    assertContains(r, 'name="value.body.1"')
    assertContains(r, 'placeholder="Pablo"')
    assertContains(r, "Hello {{1}}, your order {{2}} is ready.")


def test_it_is_sent_also_when_the_window_is_closed(
    agent_client: Client, agent: Agent, conversation: Conversation
) -> None:
    template = make_template()
    values = {"value.body.1": "Lena", "value.body.2": "12"}

    r = post(agent_client, "template", conversation.code, template.code, **values)

    message = Message.objects.get()
    assert message.body == "Hello Lena, your order 12 is ready."
    assert (message.kind, message.author) == ("template", agent)
    assertContains(r, "Hello Lena, your order 12 is ready.")


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"value.body.1": "Lena", "value.body.2": ""}, "Fill this in."),
        ({"value.body.1": "Lena", "value.body.2": "a\nb"}, "No line breaks"),
        ({"value.body.1": "Lena", "value.body.2": "x" * 1025}, "at most 1024 characters"),
        ({"value.body.1": "x" * 1020, "value.body.2": "1"}, "more than 1024 characters"),
    ],
)
def test_values_are_checked_and_kept(
    agent_client: Client, conversation: Conversation, values: dict[str, str], words: str
) -> None:
    template = make_template()

    r = post(agent_client, "template", conversation.code, template.code, **values)

    assertContains(r, words, status_code=422)
    assertContains(r, f'value="{values["value.body.1"]}"', status_code=422)
    assert not Message.objects.exists()


def test_the_preview_shows_what_is_filled_in_so_far(
    agent_client: Client, conversation: Conversation
) -> None:
    template = make_template()
    values = {"value.body.1": "<script>Lena</script>"}

    r = post(agent_client, "template_preview", conversation.code, template.code, **values)

    assertContains(r, "Hello &lt;script&gt;Lena&lt;/script&gt;, your order {{2}} is ready.")


def test_a_heading_with_a_picture_needs_the_file(
    agent_client: Client, conversation: Conversation
) -> None:
    header = {"type": "HEADER", "format": "IMAGE"}
    template = make_template(components=[header, {"type": "BODY", "text": "Look"}])
    content = io.BytesIO()
    Image.new("RGB", (8, 8)).save(content, "PNG")
    picture = SimpleUploadedFile("a.png", content.getvalue(), "image/png")

    without = post(agent_client, "template", conversation.code, template.code)
    r = post(agent_client, "template", conversation.code, template.code, file=picture)

    assertContains(without, "This field is required.", status_code=422)
    assert r.status_code == 200
    assert Message.objects.get().attachments.count() == 1


def test_advertising_without_consent_is_explained(
    agent_client: Client, conversation: Conversation
) -> None:
    template = make_template(
        category="MARKETING", components=[{"type": "BODY", "text": "Buy now"}]
    )

    r = post(agent_client, "template", conversation.code, template.code)

    assertContains(r, "has not agreed to advertising", status_code=422)


@pytest.mark.parametrize("fields", [{"waba_id": "88"}, {"status": "PAUSED"}])
def test_what_cannot_be_sent_is_a_404(
    agent_client: Client, conversation: Conversation, fields: dict[str, str]
) -> None:
    template = make_template(**fields)

    assert post(agent_client, "template", conversation.code, template.code).status_code == 404


def test_strangers_are_asked_to_sign_in(client: Client, conversation: Conversation) -> None:
    url = reverse("inbox:templates", args=[conversation.code])

    assert client.get(url).status_code == 302
    assert post(client, "template", conversation.code, uuid4()).status_code == 302
    assert post(client, "template_preview", conversation.code, uuid4()).status_code == 302


def test_hidden_and_unknown_ones_are_the_same_404(agent_client: Client) -> None:
    template = make_template()
    hidden = make_conversation(channel=hidden_channel())

    for code in (hidden.code, uuid4()):
        assert agent_client.get(reverse("inbox:templates", args=[code])).status_code == 404
        assert post(agent_client, "template", code, template.code).status_code == 404
        assert post(agent_client, "template_preview", code, template.code).status_code == 404


def test_wrong_methods(agent_client: Client, conversation: Conversation) -> None:
    picker = reverse("inbox:templates", args=[conversation.code])
    preview = reverse("inbox:template_preview", args=[conversation.code, uuid4()])

    assert agent_client.post(picker).status_code == 405
    assert agent_client.get(preview).status_code == 405
