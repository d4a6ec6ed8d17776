"""Opening a conversation while the list beside it goes on living."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.shell.conftest import Open
from tests.desk import wait_for

pytestmark = pytest.mark.browser


class Held:
    """Conversations that are asked for, and answered when the test says so."""

    def __init__(self, page: Page) -> None:
        self.routes: list[Route] = []
        self.page = page
        page.route(
            re.compile("/conversations/[^/]+/\\?in="), lambda route: self.routes.append(route)
        )

    def wait_for(self, number: int) -> None:
        def are_asked_for() -> bool:
            self.page.evaluate("0")  # lets the browser tell
            return len(self.routes) >= number

        wait_for(are_asked_for, f"{number} asked for", seconds=10)


@pytest.fixture
def page(open_page: Open) -> Page:
    page = open_page(path="/inbox/all/?sort=newest")
    page.locator("#rows .row").first.wait_for()
    return page


def test_its_row_may_leave_the_list_meanwhile(page: Page) -> None:
    """A colleague closed it, or it was drawn anew: what was clicked is gone."""
    held = Held(page)
    row = page.locator("#rows .row", has_text="Customer 20")
    row.locator("a").click()
    held.wait_for(1)

    row.evaluate("row => row.remove()")
    held.routes[0].continue_()

    expect(page.locator("#thread")).to_contain_text("number20")
    expect(page.locator("#person")).to_contain_text("Customer 20")
    expect(page).to_have_url(re.compile("/conversations/"))


def test_the_last_one_chosen_is_shown(page: Page) -> None:
    held = Held(page)
    page.locator("#rows .row", has_text="Customer 21").locator("a").click()
    held.wait_for(1)
    page.locator("#rows .row", has_text="Customer 22").locator("a").click()
    held.wait_for(2)

    held.routes[1].continue_()
    expect(page.locator("#thread")).to_contain_text("number22")
    held.routes[0].continue_()
    page.wait_for_load_state("networkidle")

    expect(page.locator("#thread")).to_contain_text("number22")
    expect(page.locator("#person")).to_contain_text("Customer 22")
