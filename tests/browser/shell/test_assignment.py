"""Who has a conversation: two who take it at once, a note handed over, and going away."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.shell.conftest import Open
from tests.desk import Desk

pytestmark = pytest.mark.browser

PREPARE = """
from uuid import uuid4
from tests.factories import *
from inbox.models import Channel
contact = make_contact(phone=f"4915{uuid4().int % 10**9:09}")
conversation = make_conversation(contact=contact, channel=Channel.objects.first())
make_message(conversation, "Is anybody there?", wamid=f"wamid.{uuid4()}")
print("conversation", conversation.code)
"""


@pytest.fixture
def conversation(desk: Desk) -> str:
    [code] = re.findall(r"[\w-]{36}", desk.run_python(PREPARE))
    return f"/conversations/{code}/"


def opened(open_page: Open, name: str, conversation: str) -> Page:
    page = open_page(name, conversation)
    page.locator("#thread .message").first.wait_for()
    return page


def test_of_two_who_take_it_at_once_one_has_it_and_the_other_is_told(
    open_page: Open, conversation: str
) -> None:
    anna = opened(open_page, "anna", conversation)
    jana = opened(open_page, "jana", conversation)
    on_their_way: list[Route] = []
    jana.route("**/take/", lambda route: on_their_way.append(route))

    jana.locator(".action--take").click()
    anna.locator(".action--take").click()
    expect(anna.locator("#toasts")).to_contain_text("You have this conversation now.")
    on_their_way[0].continue_()

    said = "Anna Keller has taken this conversation meanwhile."
    expect(jana.locator("#toasts")).to_contain_text(said)
    expect(jana.locator("main")).to_contain_text("Assigned to Anna Keller")
    for page in (anna, jana):
        expect(page.locator("#thread .event", has_text="took the conversation")).to_have_count(
            1
        )


def test_a_note_goes_along_and_enter_in_it_gives_it_to_nobody(
    open_page: Open, conversation: str
) -> None:
    page = opened(open_page, "anna", conversation)
    page.keyboard.press("a")
    note = page.get_by_label("Note for them (optional)")
    note.fill("Wants her money back")

    note.press("Enter")
    expect(page.locator(".assign-menu button[name=agent]").first).to_be_focused()
    expect(page.locator("#thread")).not_to_contain_text("Wants her money back")
    page.locator(".assign-menu button", has_text="Jana Meier").click()

    expect(page.locator("#thread")).to_contain_text("to Jana Meier: “Wants her money back”")
    jana = opened(open_page, "jana", conversation)
    expect(jana.locator(".composer__notices")).to_contain_text("Wants her money back")


def test_going_away_says_what_happens(open_page: Open) -> None:
    page = open_page("jana")
    me = page.locator(".rail__me")

    me.locator("summary").click()
    me.get_by_role("button", name="Away").click()
    expect(page.locator("#toasts")).to_contain_text("Your conversations stay with you")

    me.locator("summary").click()
    me.get_by_role("button", name="Online").click()
    expect(me.locator("[aria-current]")).to_have_text(re.compile("Online"))
