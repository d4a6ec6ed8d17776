"""The thread of an open conversation: the menus of its messages, and what is new in it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.shell.conftest import Open
from tests.desk import Desk

pytestmark = pytest.mark.browser

MAKE = """
from tests.factories import *
from inbox.models import Channel
channel = Channel.objects.first()
for number in range(5):
    contact = make_contact(phone=f"49301234570{number}")
    conversation = make_conversation(contact=contact, channel=channel, unread_count=1)
    for words in ("Good morning", "Is it ready?"):
        make_message(conversation, words, wamid=f"wamid.thread{number}{words[0]}")
    print("conversation", conversation.code)
"""
WRITE_AGAIN = """
from django.utils import timezone
from tests.factories import *
from inbox import events
from inbox.models import Conversation
conversation = Conversation.objects.get(code="%s")
make_message(conversation, "Hello?", at=timezone.now(), wamid="wamid.threadagain")
events.publish(events.about(conversation, incoming=True))
"""


@pytest.fixture(scope="module")
def fresh(desk: Desk) -> list[str]:
    return re.findall(r"[\w-]{36}", desk.run_python(MAKE))


@pytest.fixture
def conversation(fresh: list[str]) -> str:
    return fresh.pop()


def menus(page: Page) -> Locator:
    return page.locator("#thread").get_by_role("button", name="Actions for this message")


def test_the_menu_of_a_message_opens_by_keyboard(open_page: Open, conversation: str) -> None:
    page = open_page(path=f"/conversations/{conversation}/?in=all")
    expect(menus(page)).to_have_count(2)

    page.locator("#thread").focus()
    page.keyboard.press("Tab")
    expect(menus(page).first).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.get_by_role("menu", name="Message")).to_be_visible()
    page.keyboard.press("Escape")
    expect(menus(page).first).to_be_focused()


def test_a_message_that_arrives_has_its_menu(
    open_page: Open, desk: Desk, conversation: str
) -> None:
    page = open_page(path=f"/conversations/{conversation}/?in=all")
    expect(menus(page)).to_have_count(2)

    desk.run_python(WRITE_AGAIN % conversation)

    expect(page.locator("#thread")).to_contain_text("Hello?")
    expect(menus(page)).to_have_count(3)


def test_what_was_new_is_not_once_it_is_answered(open_page: Open, conversation: str) -> None:
    page = open_page(path=f"/conversations/{conversation}/?in=all")
    expect(page.locator("#unread-line")).to_be_visible()

    page.fill("#composer textarea", "Yes, come by")
    page.get_by_role("button", name="Send", exact=True).click()

    expect(page.locator("#thread .message[data-direction=out]")).to_have_count(1)
    expect(page.locator("#unread-line")).to_have_count(0)


@pytest.mark.parametrize(("recorded", "shown"), [("audio/ogg", True), ("nothing", False)])
def test_the_voice_is_recorded_where_the_browser_can(
    open_page: Open, conversation: str, recorded: str, shown: bool
) -> None:
    page = open_page()
    page.add_init_script(f"MediaRecorder.isTypeSupported = (t) => t.startsWith('{recorded}')")

    page.goto(f"/conversations/{conversation}/?in=all")

    expect(menus(page)).to_have_count(2)  # the scripts have run
    expect(page.locator("#composer [data-record]")).to_be_visible(visible=shown)
