"""Writing a quick reply: places at the cursor, further texts, what the customer will read."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.shell.conftest import PHONE, Open

pytestmark = pytest.mark.browser

NEW = "/settings/quick-replies/new/"


def serious(page: Page) -> dict[str, list[str]]:
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return {
        each["id"]: [node["html"] for node in each["nodes"]]
        for each in found
        if each["impact"] in {"serious", "critical"}
    }


def test_it_is_written_seen_put_away_and_brought_back(open_page: Open) -> None:
    page = open_page("adele", NEW)
    page.locator("[name=shortcut]").fill("Hallo")
    page.get_by_label("Name", exact=True).fill("Hello")
    page.get_by_label("For", exact=True).select_option(label="Everybody")
    text = page.locator("[data-body]").first
    text.fill("Hello !")
    text.press("ArrowLeft")
    page.get_by_role("button", name="contact.first_name").click()
    page.keyboard.type("there")
    expect(text).to_have_value("Hello {{ contact.first_name | there }}!")
    preview = page.locator("[data-preview-box] .bubble")
    expect(preview).to_have_text("Hello Maria!")
    page.get_by_label("Their name").select_option("unknown")
    expect(preview).to_have_text("Hello there!")

    page.get_by_role("button", name="Another text").click()
    page.get_by_label("Customer's language").last.select_option("de")
    page.locator("[data-body]").last.fill("Wieder {{ next_opening }}.")
    page.get_by_label("Their language").select_option("de")
    expect(preview).to_contain_text(", ab 9 Uhr.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="/hallo")).to_be_visible()
    expect(page.locator("[data-text]")).to_have_count(2)

    page.get_by_role("button", name="Archive").click()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("/hallo is in use again.")).to_be_visible()


def test_what_is_wrong_stands_at_its_field_and_the_text_stays(open_page: Open) -> None:
    page = open_page("anna", NEW)
    page.locator("[name=shortcut]").fill("x")
    page.get_by_label("Name", exact=True).fill("x")
    page.locator("[data-body]").fill("Hi {{ nobody }}")
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_text("Nothing is known by this name: nobody")).to_be_visible()
    expect(page.locator("[data-body]")).to_have_value("Hi {{ nobody }}")


@pytest.mark.parametrize("viewport", [None, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("path", [NEW, "/settings/quick-replies/", f"{NEW}../import/"])
def test_axe_finds_nothing_serious(open_page: Open, path: str, viewport: object) -> None:
    page = open_page("adele", path, **({"viewport": viewport} if viewport else {}))

    assert serious(page) == {}
    width = page.evaluate("document.scrollingElement.scrollWidth - innerWidth")
    assert width <= 0
