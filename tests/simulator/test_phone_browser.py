"""The telephone in a real browser: a newcomer plays the customer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from simulator.remote import Remote
from tests.simulator.conftest import Graph
from tests.simulator.desk import Desk, Json

pytestmark = pytest.mark.browser

NASTY = "<img src=x onerror=\"document.title='hacked'\"> {{7*7}} </script>"


@pytest.fixture
def page(chromium: Browser, whatsapp: Remote) -> Iterator[Page]:
    page = chromium.new_page(locale="de-DE")
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: _note(complaints, said))
    page.goto(whatsapp.url)
    yield page
    page.close()
    assert complaints == []


def _note(complaints: list[str], said: ConsoleMessage) -> None:
    if said.type == "error":
        complaints.append(said.text)


def _open(page: Page, name: str) -> None:
    page.locator(".person", has_text=name).click()
    expect(page.locator("[data-handset]")).to_be_visible()


def test_a_newcomer_makes_a_phone_writes_and_sees_the_ticks_turn_blue(
    page: Page, whatsapp: Remote, desk: Desk, graph: Graph
) -> None:
    page.locator("[data-new]:visible").first.click()
    page.get_by_label("Name", exact=True).fill("Lena Hofmann")
    page.get_by_role("button", name="Anlegen").click()
    page.locator("[data-text]").fill("Guten Morgen!")
    page.keyboard.press("Enter")

    expect(page.locator(".tick--delivered")).to_have_count(1)
    wamid = desk.messages[0]["id"]
    graph.post(
        "200000000000001/messages",
        messaging_product="whatsapp",
        status="read",
        message_id=wamid,
        typing_indicator={"type": "text"},
    )
    expect(page.locator(".tick--read")).to_have_count(1)
    expect(page.locator("[data-subtitle]")).to_have_text("schreibt …")


def test_buttons_are_pressed_and_the_answer_is_read(
    page: Page, whatsapp: Remote, desk: Desk, graph: Graph, lena: Json
) -> None:
    _open(page, "Lena Hofmann")
    reply = {"type": "reply", "reply": {"id": "tue", "title": "Dienstag"}}
    part = {"type": "button", "body": {"text": "Wann?"}, "action": {"buttons": [reply]}}
    graph.send(lena["phone"], "interactive", part)

    page.get_by_role("button", name="Dienstag").click()
    expect(page.locator(".bubble--me", has_text="Dienstag")).to_have_count(1)
    whatsapp.settle()

    assert desk.messages[-1]["interactive"]["button_reply"]["id"] == "tue"
    assert "read" in [status["status"] for status in desk.statuses]


def test_with_the_switch_off_nothing_is_read_until_asked(
    page: Page, whatsapp: Remote, desk: Desk, graph: Graph, lena: Json
) -> None:
    _open(page, "Lena Hofmann")
    page.locator("[data-options]").click()
    page.get_by_role("menuitemcheckbox", name="Öffnen heißt gelesen").click()
    graph.send(lena["phone"])
    expect(page.locator(".bubble--them")).to_have_count(1)
    expect(page.locator("[data-mark-read]")).to_be_visible()
    assert "read" not in [status["status"] for status in desk.statuses]

    page.locator("[data-mark-read]").click()
    expect(page.locator("[data-mark-read]")).to_be_hidden()
    whatsapp.settle()

    assert "read" in [status["status"] for status in desk.statuses]


def test_nothing_anybody_writes_becomes_markup(
    page: Page, whatsapp: Remote, graph: Graph
) -> None:
    person = whatsapp.person(name=NASTY)
    whatsapp.says(person, NASTY)
    whatsapp.says(person, type="location", name=NASTY, address="javascript:alert(1)")
    whatsapp.says(person, type="document", filename=NASTY)
    graph.send(person["phone"], part={"body": NASTY + " javascript:alert(1)"})
    _open(page, "onerror")

    expect(page.locator(".bubble__text", has_text="onerror")).to_have_count(2)
    assert page.locator("img[src=x]").count() == 0
    assert page.locator('a[href^="javascript"]').count() == 0
    assert page.title() == "Telefone"
