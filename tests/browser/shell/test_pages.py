"""What surrounds every page: policy, light and dark, widths, and help for those who need it."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.shell.conftest import PHONE, Open

pytestmark = pytest.mark.browser


def background(page: Page) -> str:
    colour: str = page.evaluate("getComputedStyle(document.body).backgroundColor")
    return colour


@pytest.mark.parametrize("path", ["/", "/me/", "/settings/people/", "/nowhere/"])
def test_nothing_on_a_page_is_refused_by_the_policy(open_page: Open, path: str) -> None:
    page = open_page("adele", path)

    expect(page.locator("main")).to_be_visible()
    # The fixture fails on every complaint of the console.
    page.wait_for_load_state("load")


def test_the_policy_is_strict(open_page: Open) -> None:
    page = open_page()
    response = page.request.get("/")

    policy = response.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "default-src 'self'" in policy


@pytest.mark.parametrize("viewport", [None, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_serious(open_page: Open, dark: bool, viewport: object) -> None:
    page = open_page(dark=dark, **({"viewport": viewport} if viewport else {}))
    page.locator(".rail__me summary").click()

    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]

    serious = {v["id"]: [n["html"] for n in v["nodes"]] for v in found
               if v["impact"] in {"serious", "critical"}}  # fmt: skip
    assert serious == {}


def test_light_and_dark_follow_the_system(open_page: Open) -> None:
    assert background(open_page(dark=False)) == "rgb(243, 244, 241)"
    assert background(open_page(dark=True)) == "rgb(20, 22, 19)"


def test_the_agents_choice_shows_at_once_and_stays(open_page: Open) -> None:
    page = open_page("jana", "/me/")

    choice = page.locator("[name=theme]")
    if choice.count() == 1:
        choice.select_option("dark")
    else:
        page.locator("[name=theme][value=dark]").check()
    assert background(page) == "rgb(20, 22, 19)"

    page.locator("main form button.button--primary").first.click()
    page.goto("/")
    assert page.locator("html").get_attribute("data-theme") == "dark"
    assert background(page) == "rgb(20, 22, 19)"


def test_on_a_phone_one_pane_shows_at_a_time(open_page: Open) -> None:
    page = open_page(viewport=PHONE, path="/inbox/all/")
    expect(page.locator("#list")).to_be_visible()
    expect(page.locator("#conversation")).to_be_hidden()

    page.locator("#rows .row a").first.click()
    expect(page.locator("#conversation")).to_be_visible()
    expect(page.locator("#list")).to_be_hidden()
    expect(page.locator(".rail")).to_be_hidden()

    page.locator("#conversation [data-back]:visible").first.click()
    expect(page.locator("#list")).to_be_visible()
    expect(page.locator(".rail")).to_be_visible()


def test_on_a_phone_nothing_is_wider_than_the_screen(open_page: Open) -> None:
    page = open_page(viewport=PHONE, path="/inbox/all/")

    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_on_a_phone_the_views_are_in_a_drawer(open_page: Open) -> None:
    page = open_page(viewport=PHONE, path="/inbox/all/")
    expect(page.locator("#sidebar")).to_be_hidden()

    page.locator("[data-drawer-button=sidebar]").click()
    expect(page.locator("#sidebar")).to_be_visible()

    page.keyboard.press("Escape")
    expect(page.locator("#sidebar")).to_be_hidden()
    expect(page.locator("[data-drawer-button=sidebar]")).to_be_focused()


def test_on_a_phone_a_menu_is_a_sheet_at_the_bottom(open_page: Open) -> None:
    page = open_page(viewport=PHONE, path="/inbox/all/")
    page.locator("#rows .row a").first.click()
    page.locator("#conversation .menu summary:visible").first.click()

    sheet = page.locator("#conversation .menu[open] .menu__list").bounding_box()

    assert sheet is not None
    assert sheet["x"] >= 0
    assert sheet["x"] + sheet["width"] <= PHONE["width"]
    assert PHONE["height"] - 20 < sheet["y"] + sheet["height"] <= PHONE["height"]


def test_on_a_small_screen_the_person_is_in_a_drawer(open_page: Open) -> None:
    page = open_page(viewport={"width": 1100, "height": 800}, path="/inbox/all/")
    page.locator("#rows .row a").first.click()
    expect(page.locator("#person")).to_be_hidden()

    page.locator("[data-drawer-button=person]:visible").first.click()

    expect(page.locator("#person")).to_be_visible()


def test_what_moves_stands_still_where_that_is_wished(open_page: Open) -> None:
    page = open_page()
    page.emulate_media(reduced_motion="reduce")

    assert page.evaluate(
        "getComputedStyle(document.documentElement).getPropertyValue('--quick')"
    ) in {"0ms", "0s"}


def test_it_can_be_installed(open_page: Open) -> None:
    page = open_page()
    manifest = page.locator("link[rel=manifest]").get_attribute("href")

    document = page.request.get(manifest or "").json()

    for icon in document["icons"]:
        assert page.request.get(icon["src"]).ok
