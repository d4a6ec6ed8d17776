"""Everything by keyboard: shortcuts, the palette, menus and dialogs."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.shell.conftest import Open

pytestmark = pytest.mark.browser


@pytest.fixture
def page(open_page: Open) -> Page:
    page = open_page(path="/inbox/all/")
    page.locator("#rows .row").first.wait_for()
    return page


def test_j_and_k_walk_through_the_list_and_enter_opens(page: Page) -> None:
    rows = page.locator("#rows .row a[href]")

    page.keyboard.press("j")
    expect(rows.nth(0)).to_be_focused()
    page.keyboard.press("j")
    expect(rows.nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(rows.nth(0)).to_be_focused()

    page.keyboard.press("Enter")
    page.wait_for_url("**/conversations/**")


def test_a_question_mark_shows_all_keys(page: Page) -> None:
    page.keyboard.press("?")
    expect(page.locator("#shortcuts")).to_be_visible()

    page.keyboard.press("j")  # behind the dialog nothing happens
    assert page.locator("#rows .row a:focus").count() == 0

    page.keyboard.press("Escape")
    expect(page.locator("#shortcuts")).to_be_hidden()


def test_a_slash_goes_to_the_search_and_escape_leaves_it(page: Page) -> None:
    page.keyboard.press("/")
    field = page.locator("[data-shortcut='/']")
    expect(field).to_be_focused()

    page.keyboard.type("j?")
    expect(field).to_have_value("j?")
    expect(page.locator("#shortcuts")).to_be_hidden()

    field.fill("")  # with words in it, Escape clears it first
    page.keyboard.press("Escape")
    expect(field).not_to_be_focused()


def test_two_keys_go_somewhere(page: Page) -> None:
    page.goto("/me/")

    page.keyboard.press("g")
    page.keyboard.press("i")

    page.wait_for_url("**/inbox/**")


def test_keys_with_control_are_the_browsers(page: Page) -> None:
    page.keyboard.press("Control+j")

    assert page.locator("#rows .row a:focus").count() == 0


def test_the_palette_finds_a_command_by_a_few_letters(page: Page) -> None:
    page.keyboard.press("Control+k")
    field = page.locator("#palette input")
    expect(field).to_be_focused()

    page.keyboard.type("profile")
    expect(page.locator("#palette [role=option]")).to_have_count(1)
    page.keyboard.press("Enter")

    page.wait_for_url("**/me/")


def test_the_palette_is_walked_with_arrows(page: Page) -> None:
    page.keyboard.press("Control+k")
    options = page.locator("#palette [role=option]")
    expect(options.nth(0)).to_have_attribute("aria-selected", "true")

    page.keyboard.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    second = options.nth(1).get_attribute("id") or ""
    expect(page.locator("#palette input")).to_have_attribute("aria-activedescendant", second)

    page.keyboard.press("Escape")
    expect(page.locator("#palette")).to_be_hidden()


def test_the_palette_says_when_there_is_nothing(page: Page) -> None:
    page.keyboard.press("Control+k")
    page.keyboard.type("xyzzy")

    expect(page.locator(".palette__none")).to_be_visible()


def test_a_menu_is_used_without_a_mouse(page: Page) -> None:
    summary = page.locator(".rail__me summary")
    summary.focus()

    page.keyboard.press("Enter")
    items = page.locator(".rail__me .menu__list :is(a, button)")
    expect(items.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(items.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(items.last).to_be_focused()

    page.keyboard.press("Escape")
    expect(items.nth(0)).to_be_hidden()
    expect(summary).to_be_focused()


def test_a_menu_closes_when_something_else_is_clicked(page: Page) -> None:
    page.locator(".rail__me summary").click()
    expect(page.locator(".rail__me .menu__list")).to_be_visible()

    page.locator("#conversation").click()

    expect(page.locator(".rail__me .menu__list")).to_be_hidden()


def test_the_first_tab_leads_past_the_rail(page: Page) -> None:
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()

    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main"


def test_being_away_is_said_in_the_menu(page: Page) -> None:
    page.locator(".rail__me summary").click()
    page.locator(".rail__me [value=away]").click()

    dot = page.locator(".rail__me .avatar > .presence")
    expect(dot).to_have_attribute("data-presence", "away")
    page.reload()
    expect(dot).to_have_attribute("data-presence", "away")

    page.locator(".rail__me summary").click()
    page.locator(".rail__me [value=online]").click()
    expect(dot).to_have_attribute("data-presence", "online")
