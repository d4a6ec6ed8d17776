"""A contact's page in a real browser: fields, merging, and writing first."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.shell.conftest import PHONE, Open

pytestmark = pytest.mark.browser


def to_contact(page: Page, name: str) -> None:
    page.goto("/people/")
    page.locator("#people a", has_text=name).first.click()
    page.wait_for_url("**/contacts/**")


def seriously_wrong(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [each["id"] for each in found if each["impact"] in {"serious", "critical"}]


def test_two_are_merged_and_split_again(open_page: Open) -> None:
    page = open_page("tobias")
    to_contact(page, "Ida Brandt")

    page.get_by_role("link", name="Merge", exact=True).click()
    page.get_by_label("Find the other contact").fill("Ida B")
    page.get_by_role("button", name="Search", exact=True).click()
    page.get_by_role("link", name="Ida B.", exact=True).click()
    expect(page.locator("main")).to_contain_text("two open conversations at Shop become one")
    assert seriously_wrong(page) == []
    page.get_by_role("button", name="Merge", exact=True).click()

    expect(page.locator("h1")).to_have_text("Ida Brandt")
    expect(page.locator("main")).to_contain_text("Ida B. is this contact too.")
    page.locator(".earlier").first.click()
    expect(page.locator("#thread")).to_contain_text("I am Ida Brandt")
    expect(page.locator("#thread")).to_contain_text("I am Ida B.")

    to_contact(page, "Ida Brandt")
    page.get_by_role("link", name="Split again").click()
    page.get_by_role("button", name="Split", exact=True).click()
    expect(page.locator("#toasts")).to_contain_text("They are two contacts again.")
    to_contact(page, "Ida B.")
    expect(page.locator("h1")).to_have_text("Ida B.")


def test_somebody_new_is_written_to_first(open_page: Open) -> None:
    page = open_page("tobias", "/")

    page.get_by_role("link", name="New conversation").click()
    page.get_by_label("Phone number").fill("0151 2345678")
    page.get_by_role("button", name="Choose a template").click()
    expect(page.locator(".field__error")).to_contain_text("no number with its country")
    page.get_by_label("Phone number").fill("+49 151 23456789")
    page.get_by_role("button", name="Choose a template").click()
    expect(page.locator("main")).to_contain_text("for advertising they have to agree first")
    assert seriously_wrong(page) == []
    page.get_by_role("button", name="Use order_news").click()
    page.locator("[name^='value.']").fill("Lena")
    page.get_by_role("button", name="Show preview").click()
    expect(page.locator(".bubble--preview")).to_contain_text("Hello Lena, your order is here.")
    page.get_by_role("button", name="Send", exact=True).dblclick()

    page.wait_for_url("**/conversations/**")
    message = page.locator("#thread .message", has_text="Hello Lena, your order is here.")
    expect(message).to_have_count(1)
    expect(page.locator("#conversation")).to_contain_text("Assigned to you")


def test_fields_are_filled_in_beside_the_conversation(open_page: Open) -> None:
    page = open_page("tobias", "/inbox/all/")
    page.locator(".row a").first.click()
    panel = page.locator("#person")
    panel.get_by_text("Fill in fields").click()
    panel.get_by_label("Shoe size").fill("many")
    panel.locator("form", has=page.get_by_label("Shoe size")).get_by_text("Save").click()
    expect(panel.locator(".field__error")).to_contain_text("This is no number")
    panel.get_by_label("Shoe size").fill("42,5")
    panel.get_by_label("Branch").select_option("Bonn")
    panel.locator("form", has=page.get_by_label("Shoe size")).get_by_text("Save").click()

    expect(panel.locator(".person__facts")).to_contain_text("42.5")
    expect(panel.locator(".person__facts")).to_contain_text("Bonn")


def test_the_page_fits_a_phone(open_page: Open) -> None:
    page = open_page("tobias", viewport=PHONE, touch=True)
    to_contact(page, "Ida Brandt")

    assert page.evaluate("document.scrollingElement.scrollWidth") <= PHONE["width"]
    assert seriously_wrong(page) == []
