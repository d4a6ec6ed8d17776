"""Labels in a real browser: by key, from a row, asked for at closing, and to filter."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.shell.conftest import Open
from tests.desk import Desk

pytestmark = pytest.mark.browser


@pytest.fixture
def page(open_page: Open) -> Page:
    page = open_page(path="/inbox/all/?sort=newest")
    page.locator("#rows .row").first.wait_for()
    return page


def row(page: Page, name: str) -> Locator:
    return page.locator("#rows .row", has_text=name)


def test_labels_are_set_by_key_and_the_list_is_filtered_by_two(page: Page) -> None:
    menu = page.locator("#label-menu")
    for name, words in (("Customer 11", ("sent",)), ("Customer 12", ("order", "compl"))):
        row(page, name).locator("a").focus()
        page.keyboard.press("l")
        for typed in words:
            expect(menu.locator("input[type=search]")).to_be_focused()
            page.keyboard.type(typed)
            expect(menu.locator("[data-words]:visible")).to_have_count(1)
            page.keyboard.press("Enter")
            expect(menu.locator("[data-words]:visible")).to_have_attribute(
                "aria-pressed", "true"
            )
            page.keyboard.press("Control+a")
            page.keyboard.press("Delete")
        page.keyboard.press("ArrowDown")
        expect(menu.locator("[data-words]").first).to_be_focused()
        page.keyboard.press("Escape")
        expect(menu).to_be_hidden()
        expect(row(page, name).locator(".chip")).to_have_count(len(words), timeout=10_000)
        expect(row(page, name).locator("a")).to_be_focused()

    page.locator(".list__filter > summary").click()
    ticks = page.locator(".list__filter .label-ticks")
    ticks.get_by_text("Order").click()  # beside the box
    ticks.get_by_text("Complaint").click()
    page.locator(".list__filter").get_by_role("button", name="Show", exact=True).click()

    expect(page.locator("#rows .row")).to_have_count(1)
    expect(page.locator("#rows .row__name")).to_have_text("Customer 12")
    expect(page.locator("#sidebar [aria-current=page]")).to_have_count(2)
    page.locator(".list__line > .chip", has_text="Complaint").click()
    expect(page.locator("#rows .row")).to_have_count(2)


def test_a_slip_is_taken_back_from_the_toast(page: Page) -> None:
    row(page, "Customer 14").locator("a").click()
    expect(page.locator("#thread")).to_contain_text("number14")
    page.keyboard.press("l")
    menu = page.locator("#label-menu")
    menu.get_by_role("button", name="Complaint").click()
    expect(menu.get_by_role("button", name="Complaint")).to_have_attribute(
        "aria-pressed", "true"
    )
    page.keyboard.press("Escape")
    expect(page.locator("#thread")).to_contain_text("added the label “Complaint”")

    page.locator("#toasts").get_by_text("Undo").last.click()

    expect(page.locator("#thread")).to_contain_text("removed the label “Complaint”")
    expect(page.locator("#person .chip")).to_have_count(0)


def test_closing_asks_for_a_label_where_one_is_wanted(page: Page, desk: Desk) -> None:
    setting = "from inbox.models import Channel; Channel.objects.update(requires_label={})"
    desk.run_python(setting.format(True))
    try:
        row(page, "Customer 26").locator("a").click()
        expect(page.locator("#thread")).to_contain_text("number26")
        page.keyboard.press("e")
        menu = page.locator("#label-menu")
        expect(menu).to_contain_text("Choose a label first")
        menu.get_by_role("button", name="Order").click()

        expect(menu).to_be_hidden()
        expect(page.locator("#conversation-header")).to_have_attribute("data-status", "closed")
        expect(page.locator("#thread")).to_contain_text("added the label “Order”")
    finally:
        desk.run_python(setting.format(False))


@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_labels_in_rows_keep_their_letters(open_page: Open, desk: Desk, width: int) -> None:
    desk.run_python(
        "from inbox.models import *;"
        "c = Conversation.objects.get(contact__profile_name='Customer 00');"
        "c.labels.set(Label.objects.all()); c.priority = 2; c.save()"
    )
    page = open_page(path="/inbox/all/?sort=newest", viewport={"width": width, "height": 800})
    chips = row(page, "Customer 00").locator(".chip[data-label]")

    expect(chips).to_have_count(3)
    widths = [chip.bounding_box() for chip in chips.all()]
    assert all(box and box["width"] > 30 for box in widths)
    clipped = "chip => chip.firstElementChild.scrollWidth > chip.firstElementChild.clientWidth"
    assert not any(chip.evaluate(clipped) for chip in chips.all())
