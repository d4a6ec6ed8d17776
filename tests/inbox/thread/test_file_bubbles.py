"""Files in bubbles: shown, played or to download, or why they are not there."""

from __future__ import annotations

import pytest

from inbox.models import Agent, Attachment, Conversation
from tests.factories import make_message
from tests.inbox.thread.markup import Markup
from tests.inbox.thread.messages import draw, make_answer, make_file

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("kind", "mime_type", "element"),
    [
        ("image", "image/jpeg", "img"),
        ("sticker", "image/webp", "img"),
        ("video", "video/mp4", "video"),
        ("audio", "audio/mpeg", "audio"),
        ("voice", "audio/ogg", "audio"),
    ],
)
def test_files_are_shown_as_what_their_bytes_are(
    conversation: Conversation, agent: Agent, kind: str, mime_type: str, element: str
) -> None:
    message = make_message(conversation, "See this", kind=kind)
    file = make_file(message, mime_type=mime_type)

    markup = Markup(draw(message, agent))

    shown = [attributes for tag, attributes in markup.tags if tag == element]
    assert shown[0]["src"] == f"/media/{file.code}/"
    assert "See this" in markup.text


def test_a_picture_that_is_none_is_only_a_download(
    conversation: Conversation, agent: Agent
) -> None:
    message = make_message(conversation, "", kind="image")
    make_file(message, mime_type="image/svg+xml", filename="evil.svg")

    markup = Markup(draw(message, agent))

    assert "img" not in {tag for tag, _attributes in markup.tags}
    assert "evil.svg" in markup.text
    assert "Download" in markup.text


def test_a_document_has_name_and_size(conversation: Conversation, agent: Agent) -> None:
    message = make_message(conversation, "", kind="document")
    make_file(message, mime_type="application/pdf", filename="Angebot.pdf", size=123_456)

    text = Markup(draw(message, agent)).text

    assert "Angebot.pdf" in text
    assert "120.6\xa0KB" in text or "120.6 KB" in text


@pytest.mark.parametrize(
    ("state", "failure", "words"),
    [
        ("pending", "", "Being fetched"),
        ("failed", "too_large", "too large"),
        ("failed", "gone", "no longer has this file"),
        ("failed", "missing", "could not receive"),
        ("failed", "something else", "could not be fetched"),
    ],
)
def test_a_file_that_is_not_there_says_why(
    conversation: Conversation, agent: Agent, state: str, failure: str, words: str
) -> None:
    message = make_message(conversation, "", kind="image")
    make_file(message, state=Attachment.State(state), failure=failure)

    assert words in Markup(draw(message, agent)).text


def test_a_file_that_differs_warns(conversation: Conversation, agent: Agent) -> None:
    message = make_message(conversation, "", kind="document")
    make_file(message, mime_type="application/pdf", hash_differs=True)

    assert "differs from what WhatsApp announced" in Markup(draw(message, agent)).text


@pytest.mark.parametrize("state", ["pending", "failed"])
def test_a_document_that_is_not_there_yet_has_its_name(
    conversation: Conversation, agent: Agent, state: str
) -> None:
    message = make_message(conversation, "", kind="document")
    make_file(message, state=Attachment.State(state), filename="Angebot.pdf")

    assert "Angebot.pdf" in Markup(draw(message, agent)).text


@pytest.mark.parametrize(
    ("mime_type", "attribute", "words"),
    [
        ("image/jpeg", "alt", "Picture"),
        ("video/mp4", "aria-label", "Video"),
        ("audio/mpeg", "aria-label", "Sound"),
    ],
)
def test_a_file_says_what_it_is_and_who_sent_it(
    conversation: Conversation, agent: Agent, mime_type: str, attribute: str, words: str
) -> None:
    theirs = make_message(conversation, "", kind="image")
    ours = make_answer(conversation, "", kind="image", author=agent)
    by_itself = make_answer(conversation, "", kind="image", origin="automatic")

    for message, label in (
        (theirs, f"{words} from Lena Hofmann"),
        (ours, f"{words} from {agent.name}"),
        (by_itself, f"{words} · Sent automatically"),
    ):
        make_file(message, mime_type=mime_type)
        assert f'{attribute}="{label}"' in draw(message, agent)
