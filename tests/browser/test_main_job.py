"""The main job: a customer writes on their phone, two agents in two browsers answer.

Everything is real: web, worker, the simulated WhatsApp with its phone, and three browsers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.shell.conftest import DESKTOP, sign_in
from tests.desk import Desk, open_desk

pytestmark = [pytest.mark.browser, pytest.mark.processes]
ROW = "#rows li:has-text('Lena Hofmann')"
PATIENCE_MS = 15_000  # a busy machine; on a quiet one each step takes a moment

QUESTION = "Guten Morgen! Das rechte Bein ist <b>verkratzt</b> 🙂"
ANSWER = "Das tut mir leid! Wir schicken Ihnen ein neues Bein."
THANKS = "Wunderbar, vielen Dank!"


@dataclass(frozen=True)
class Scene:
    phone: Page
    anna: Page
    jana: Page


@pytest.fixture
def scene(chromium: Browser, tmp_path: Path) -> Iterator[Scene]:
    expect.set_options(timeout=PATIENCE_MS)
    with open_desk(tmp_path) as desk:
        desk.whatsapp.rules(ladder="sent:0,delivered:200")
        pages = [
            open_phone(chromium, desk),
            *(open_as(chromium, desk, n) for n in ("anna", "jana")),
        ]
        yield Scene(*pages)
        for page in pages:
            page.context.close()


def open_phone(chromium: Browser, desk: Desk) -> Page:
    page = chromium.new_context(locale="de-DE").new_page()
    page.goto(desk.simulator_url)
    page.locator("[data-new]:visible").first.click()
    page.get_by_label("Name", exact=True).fill("Lena Hofmann")
    page.get_by_role("button", name="Anlegen").click()
    return page


def open_as(chromium: Browser, desk: Desk, name: str) -> Page:
    page = chromium.new_context(base_url=desk.url, viewport=DESKTOP).new_page()
    sign_in(page, name)
    page.goto("/inbox/unassigned/")
    return page


def write_on(phone: Page, text: str) -> None:
    phone.locator("[data-text]").fill(text)
    phone.keyboard.press("Enter")


def test_a_customer_asks_two_agents_see_it_and_one_answers(scene: Scene) -> None:
    phone, anna, jana = scene.phone, scene.anna, scene.jana

    # The customer writes: both agents see it without doing anything.
    write_on(phone, QUESTION)
    for page in (anna, jana):
        expect(page.locator(ROW)).to_be_visible()
        expect(page.locator(ROW)).to_contain_text("Das rechte Bein ist <b>verkratzt</b>")

    # Anna opens it: the ticks on the phone turn blue. Jana looks as well, and Anna sees that.
    anna.locator(f"{ROW} a").first.click()
    expect(anna.locator("#thread")).to_contain_text("<b>verkratzt</b>")
    expect(phone.locator(".tick--read")).to_have_count(1)
    jana.locator(f"{ROW} a").first.click()
    expect(anna.locator("#conversation")).to_contain_text("Jana")

    # Anna takes it and answers: it arrives on the phone, which reads it; ticks climb.
    anna.get_by_role("button", name="Take over").click()
    expect(anna.locator("#thread")).to_contain_text("Anna took the conversation")
    anna.locator("#composer textarea").fill(ANSWER)
    anna.keyboard.press("Control+Enter")
    expect(phone.locator(".bubble--them", has_text=ANSWER)).to_be_visible()
    for page in (anna, jana):
        expect(
            page.locator("#thread .message[data-status=read]", has_text=ANSWER)
        ).to_be_visible()
    expect(anna.locator("#composer textarea")).to_have_value("")

    # The customer answers into the open thread; Anna closes; it is gone from the open ones.
    write_on(phone, THANKS)
    expect(anna.locator("#thread")).to_contain_text(THANKS)
    anna.locator("#conversation button[data-shortcut=e]").click()
    jana.goto("/inbox/closed/")
    expect(jana.locator(ROW)).to_be_visible()
