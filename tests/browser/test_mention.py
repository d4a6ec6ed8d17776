"""A note that mentions a colleague: it reaches her screen, and never the customer's phone.

Everything is real, as in test_main_job: web, worker, the simulated WhatsApp, three browsers.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_main_job import ROW, Scene, scene, write_on

__all__ = ["scene"]
pytestmark = [pytest.mark.browser, pytest.mark.processes]

NOTE = "Please call her, "
ANSWER = "We are looking into it."


def open_it(page: Page) -> None:
    page.locator(f"{ROW} a").first.click()
    expect(page.locator("#thread")).to_contain_text("My parcel")


def test_a_mention_reaches_the_colleague_and_never_the_customer(scene: Scene) -> None:
    phone, anna, jana = scene.phone, scene.anna, scene.jana
    write_on(phone, "My parcel is lost")
    expect(anna.locator(ROW)).to_be_visible()
    open_it(anna)
    jana.goto("/people/")

    # "n" turns to the other side, which looks different; the answer's draft stays where it was.
    anna.locator("#reply-body").fill("A draft for the customer")
    anna.keyboard.press("Escape")
    anna.keyboard.press("n")
    expect(anna.locator("#reply-body")).to_be_hidden()
    expect(anna.locator("#note-body")).to_be_focused()

    # "@" offers colleagues, narrowed by what is typed; Enter takes one and saves nothing.
    anna.keyboard.type(f"{NOTE}@jan")
    option = anna.get_by_role("option", name="Jana")
    expect(option).to_have_attribute("aria-selected", "true")
    anna.keyboard.press("Enter")
    expect(anna.locator("#note-body")).to_have_value(re.compile(rf"^{NOTE}@Jana $"))
    anna.keyboard.press("Enter")
    note = anna.locator("#thread .message[data-kind=note]", has_text="@Jana")
    expect(note).to_be_visible()
    expect(anna.locator("#note-body")).to_have_value("")

    # Jana hears of it wherever she is, and is led to the thread; then it counts as read.
    expect(jana.locator("[data-for-you-count]")).to_have_text("1")
    expect(jana.locator("#toasts")).to_contain_text("A colleague mentioned you.")
    jana.keyboard.press("g")
    jana.keyboard.press("y")
    jana.get_by_role("link", name="Anna mentioned you").click()
    expect(jana.locator("#thread")).to_contain_text(NOTE)
    expect(jana.locator("[data-for-you-count]")).to_be_hidden()

    # The answer goes to the customer; the note has not, and its side kept its own draft.
    anna.keyboard.press("Escape")
    anna.keyboard.press("r")
    expect(anna.locator("#reply-body")).to_have_value("A draft for the customer")
    anna.locator("#reply-body").fill(ANSWER)
    anna.keyboard.press("Control+Enter")
    expect(phone.locator(".bubble--them", has_text=ANSWER)).to_be_visible()
    assert "call her" not in phone.content()
    assert phone.locator(".bubble--them").count() == 1


def test_drafts_of_both_sides_survive_a_reload(scene: Scene) -> None:
    phone, anna = scene.phone, scene.anna
    write_on(phone, "My parcel is lost")
    expect(anna.locator(ROW)).to_be_visible()
    open_it(anna)

    anna.locator("#reply-body").fill("For the customer")
    anna.get_by_role("button", name="Note", exact=True).click()
    anna.locator("#note-body").fill("For colleagues")
    anna.reload()

    # It opens on the answer's side, and marks that there is a note begun.
    expect(anna.locator("#reply-body")).to_have_value("For the customer")
    button = anna.get_by_role("button", name="Note", exact=True)
    expect(button).to_have_attribute("data-draft", "")
    button.click()
    expect(anna.locator("#note-body")).to_have_value("For colleagues")
    assert "For colleagues" not in phone.content()
