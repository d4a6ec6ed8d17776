"""What leaves the composer beside a text: files, and the voice."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.browser.shell.conftest import Open
from tests.desk import Desk

pytestmark = pytest.mark.browser
NOTE: FilePayload = {"name": "bill.txt", "mimeType": "text/plain", "buffer": b"two chairs"}
# Browsers that can record what WhatsApp takes, on a machine that says no.
REFUSING = """
MediaRecorder.isTypeSupported = () => true;
navigator.mediaDevices.getUserMedia = async () => { throw new DOMException("", "%s"); };
"""


MAKE = """
from tests.factories import *
from inbox.models import Channel
channel = Channel.objects.first()
for number in range(7):
    contact = make_contact(phone=f"49301234560{number}")
    conversation = make_conversation(contact=contact, channel=channel)
    make_message(conversation, "Hello", wamid=f"wamid.composer{number}")
    print("conversation", conversation.code)
"""


@pytest.fixture(scope="module")
def fresh(desk: Desk) -> list[str]:
    """Conversations that these tests may close."""
    said = desk.run_python(MAKE)
    return re.findall(r"[\w-]{36}", said)


@pytest.fixture
def conversation(fresh: list[str]) -> str:
    return fresh.pop()


def sent(page: Page, words: str) -> Locator:
    return page.locator("#thread .message[data-direction=out]", has_text=words)


def is_closed(page: Page) -> None:
    expect(page.get_by_role("button", name="Reopen")).to_be_visible()


def test_files_are_sent_and_then_it_is_closed(open_page: Open, conversation: str) -> None:
    page = open_page(path=f"/conversations/{conversation}/?in=all")
    page.set_input_files("[data-attach]", [NOTE, NOTE | {"name": "list.txt"}])
    page.fill("#composer textarea", "Here is all of it")

    page.get_by_role("button", name="Send & close").click()

    is_closed(page)
    expect(sent(page, "bill.txt")).to_contain_text("Here is all of it")
    expect(sent(page, "list.txt")).to_have_count(1)


def test_a_text_too_long_for_a_caption_follows_its_file_and_then_it_is_closed(
    open_page: Open, conversation: str
) -> None:
    page = open_page(path=f"/conversations/{conversation}/?in=all")
    page.set_input_files("[data-attach]", NOTE)
    page.fill("#composer textarea", "many words " * 100)

    page.get_by_role("button", name="Send & close").click()

    is_closed(page)
    expect(sent(page, "many words")).to_have_count(1)
    expect(page.locator("#composer textarea")).to_have_value("")


ANSWER = """
from inbox.models import Agent, Conversation
from tests.factories import *
conversation = Conversation.objects.get(code="{code}")
jana = Agent.objects.get(email="jana@example.org")
make_message(conversation, "Done already", direction="out", author=jana, wamid="wamid.jana")
"""


def test_sending_in_spite_of_a_colleagues_answer_still_closes(
    open_page: Open, desk: Desk, conversation: str
) -> None:
    page = open_page(path=f"/conversations/{conversation}/?in=all")
    desk.run_python(ANSWER.format(code=conversation))  # nobody tells the page

    page.fill("#composer textarea", "One more thing")
    page.get_by_role("button", name="Send & close").click()
    page.get_by_role("button", name="Send anyway").click()

    is_closed(page)
    expect(sent(page, "One more thing")).to_have_count(1)


@pytest.mark.parametrize(
    ("refusal", "words"),
    [
        ("NotAllowedError", "The microphone may not be used."),
        ("NotFoundError", "No microphone was found."),
    ],
)
def test_a_microphone_that_cannot_be_used_says_why(
    open_page: Open, conversation: str, refusal: str, words: str
) -> None:
    page = open_page()
    page.add_init_script(REFUSING % refusal)
    page.goto(f"/conversations/{conversation}/?in=all")

    page.get_by_role("button", name="Record a voice message").click()

    expect(page.locator(".toast")).to_contain_text(words)


MERGE = """
from django.db import transaction
from inbox.actions.inbound.merging import merge
from inbox.actions.inbound.news import News
from inbox.models import Conversation
gone, kept = (Conversation.objects.get(code=code) for code in ("{gone}", "{kept}"))
with transaction.atomic():
    merge(into=kept.contact, gone=gone.contact, news=News())
"""


def test_what_is_being_written_comes_along_when_a_conversation_goes_into_another(
    open_page: Open, desk: Desk, fresh: list[str]
) -> None:
    gone, kept = fresh.pop(), fresh.pop()
    page = open_page(path=f"/conversations/{gone}/?in=all")
    page.locator("#composer textarea").press_sequentially("Half a sent")

    desk.run_python(MERGE.format(gone=gone, kept=kept))
    page.evaluate("document.dispatchEvent(new CustomEvent('desk:connected'))")

    page.wait_for_url(f"**/conversations/{kept}/?in=all&was={gone}")
    expect(page.locator("#composer textarea")).to_have_value("Half a sent")
