"""The page of all people in a real browser."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.shell.conftest import Open
from tests.desk import wait_for

pytestmark = pytest.mark.browser


@pytest.fixture
def page(open_page: Open) -> Page:
    page = open_page(path="/people/")
    page.locator("#people .found__hit").first.wait_for()
    return page


def test_it_goes_on_to_the_end_while_scrolling(page: Page) -> None:
    def all_are_there() -> bool:
        page.evaluate("document.querySelector('#people > li:last-child').scrollIntoView()")
        return page.locator("#people .found__hit").count() == 75

    wait_for(all_are_there, "everybody is loaded", seconds=20)

    names = page.locator("#people .found__name").all_text_contents()
    assert len(names) == len(set(names))


def test_one_is_found_while_typing_and_no_address_tells(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.keyboard.press("/")
    page.keyboard.type("customer 42")

    expect(page.locator("#people .found__hit")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator("#people")).to_contain_text("Customer 42")
    page.locator("#people a").click()

    expect(page.locator("h1")).to_have_text("Customer 42")
    assert not [url for url in asked if "42" in url and "/contacts/" not in url]
    page.go_back()
    expect(page.locator("#people .found__hit").nth(5)).to_be_visible()


def test_axe_finds_nothing_serious(page: Page) -> None:
    violations = Axe().run(page).response["violations"]

    grave = [v["id"] for v in violations if v["impact"] in {"serious", "critical"}]
    assert grave == []
