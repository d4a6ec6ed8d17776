"""Selecting rows in a real browser, and acting on all of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.shell.conftest import PHONE, Open
from tests.desk import Desk, wait_for

pytestmark = pytest.mark.browser

OPEN = "from inbox.models import Conversation; print(Conversation.objects.open().count())"


@pytest.fixture(scope="module", autouse=True)
def _worker(desk: Desk) -> Iterator[None]:
    desk.start("worker")
    yield
    desk.kill("worker")


@pytest.fixture
def page(open_page: Open) -> Page:
    page = open_page(path="/inbox/all/?sort=newest")
    page.locator("#rows .row").first.wait_for()
    return page


def row(page: Page, number: int) -> Locator:
    return page.locator("#rows .row").nth(number)


def bar(page: Page) -> Locator:
    return page.locator("#bulk-bar")


def progress(page: Page) -> Locator:
    return page.locator("#bulk-progress")


def selected(page: Page) -> int:
    return page.locator("#rows [data-select]:checked").count()


def test_shift_selects_a_range_by_mouse_and_keyboard(page: Page) -> None:
    row(page, 1).hover()
    row(page, 1).locator("[data-select]").check()
    row(page, 4).locator(".row__link").click(modifiers=["Shift"])

    expect(bar(page)).to_contain_text("4 selected")
    assert selected(page) == 4
    assert "/conversations/" not in page.url

    row(page, 4).locator(".row__link").focus()
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Shift+ArrowDown")
    expect(bar(page)).to_contain_text("6 selected")
    expect(row(page, 6).locator(".row__link")).to_be_focused()

    page.keyboard.press("x")
    expect(bar(page)).to_contain_text("5 selected")
    page.keyboard.press("Control+a")
    assert selected(page) == page.locator("#rows .row").count()
    page.keyboard.press("Escape")
    expect(bar(page)).to_be_hidden()
    assert selected(page) == 0


def test_a_label_is_put_on_what_is_selected_and_taken_back(page: Page) -> None:
    for number in (2, 3):
        row(page, number).hover()
        row(page, number).locator("[data-select]").check()

    bar(page).get_by_label("Labels").click()
    bar(page).get_by_role("button", name="VIP").first.click()

    expect(progress(page)).to_contain_text("Done for 2 conversations.", timeout=10_000)
    expect(row(page, 2).locator(".chip")).to_have_text("VIP", timeout=10_000)
    expect(bar(page)).to_be_hidden()
    progress(page).get_by_role("button", name="Undo").click()
    expect(progress(page)).to_contain_text("as they were before", timeout=10_000)
    expect(row(page, 2).locator(".chip")).to_have_count(0, timeout=10_000)


def test_rows_that_are_drawn_anew_stay_selected_and_gone_ones_do_not(
    page: Page, desk: Desk
) -> None:
    first, second = row(page, 5), row(page, 6)
    codes = [one.get_attribute("data-code") for one in (first, second)]
    for one in (first, second):
        one.hover()
        one.locator("[data-select]").check()

    desk.run_python(
        f"""
from django.utils import timezone
from inbox import events
from inbox.models import Conversation
for code, fields in (
    ("{codes[0]}", {{"last_message_preview": "One more thing"}}),
    ("{codes[1]}", {{"status": "closed", "closed_at": timezone.now()}}),
):
    Conversation.objects.filter(code=code).update(**fields)
    events.publish(events.about(Conversation.objects.get(code=code)))
"""
    )

    kept = page.locator(f"[id='row-{codes[0]}']")
    expect(kept).to_contain_text("One more thing", timeout=10_000)
    expect(kept.locator("[data-select]")).to_be_checked()
    expect(bar(page)).to_contain_text("1 selected", timeout=10_000)
    expect(page.locator("#toasts")).to_contain_text("not selected any more: 1")


def test_all_in_the_view_are_closed_with_progress_and_taken_back(
    page: Page, desk: Desk
) -> None:
    before = int(desk.run_python(OPEN))
    row(page, 0).hover()
    row(page, 0).locator("[data-select]").check()
    bar(page).get_by_role("button", name="All in this view").click()
    expect(bar(page)).to_contain_text(f"All {before} conversations of this view")

    bar(page).get_by_role("button", name="Close").click()

    expect(progress(page)).to_be_visible()
    expect(progress(page)).to_contain_text(f"Done for {before} conversations.", timeout=15_000)
    expect(page.locator("#rows .row")).to_have_count(0, timeout=10_000)
    page.reload()  # it is still there, with the way back
    progress(page).get_by_role("button", name="Undo").click()

    expect(progress(page)).to_contain_text("as they were before", timeout=15_000)
    wait_for(lambda: int(desk.run_python(OPEN)) == before, "all are open again")
    expect(page.locator("#rows .row").first).to_be_visible(timeout=10_000)
    progress(page).get_by_label("Close").click()
    expect(progress(page)).to_be_hidden()


def test_on_a_phone_rows_are_selected_by_touch(open_page: Open) -> None:
    page = open_page(path="/inbox/all/?sort=newest", viewport=PHONE)
    page.get_by_role("button", name="Select", exact=True).click()

    row(page, 0).locator(".row__link").click()
    row(page, 1).locator(".row__link").click()

    expect(bar(page)).to_contain_text("2 selected")
    expect(page.locator("#conversation")).to_be_hidden()
