"""A desk with two agents and three customers, seen through a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Page,
    StorageState,
    ViewportSize,
)

from tests import factories
from tests.desk import Desk

DESKTOP: ViewportSize = {"width": 1500, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 780}

PREPARE = """
from tests.factories import *
channel = make_channel(name="Shop")
make_agent("Anna Keller", email="anna@example.org")
make_agent("Jana Meier", email="jana@example.org")
make_agent("Adele Minck", email="adele@example.org", role="admin")
for name in ("Lena Hofmann", "Mehmet Sahin", "Dorothea Nguyen"):
    conversation = make_conversation(contact=make_contact(profile_name=name), channel=channel)
    make_message(conversation, "Hello")
    print("conversation", conversation.code)
"""

# A console that says "error" is a broken page, or a policy that refused something.
EXPECTED = re.compile(
    r"the server responded with a status of (401|403|404|409|422)"
    r"|Response Status Error Code|net::ERR_FAILED"  # asked for by a test
    r"|does not support the Push API in incognito mode"  # which browsers of tests are in
)


@pytest.fixture(scope="package")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = Desk(tmp_path_factory.mktemp("desk"))
    try:
        desk.set_up()
        said = desk.run_python(PREPARE)
        (desk.folder / "conversations").write_text("\n".join(re.findall(r"[\w-]{36}", said)))
        desk.start("web")
        yield desk
    finally:
        desk.stop()


@pytest.fixture(scope="package")
def signed_in() -> dict[str, StorageState]:
    """The cookies of those who signed in already."""
    return {}


@pytest.fixture
def conversations(desk: Desk) -> list[str]:
    return (desk.folder / "conversations").read_text().split()


Open = Callable[..., Page]


@pytest.fixture
def open_page(
    chromium: Browser, desk: Desk, signed_in: dict[str, StorageState]
) -> Iterator[Open]:
    """A page of somebody signed in; what its console complains about fails the test."""
    complaints: list[str] = []
    contexts = []

    def listen(said: ConsoleMessage) -> None:
        if said.type == "error" and not EXPECTED.search(said.text):
            complaints.append(said.text)

    def open_one(
        name: str = "anna",
        path: str = "/",
        *,
        viewport: ViewportSize = DESKTOP,
        dark: bool = False,
        touch: bool = False,
    ) -> Page:
        context = chromium.new_context(
            base_url=desk.url,
            color_scheme="dark" if dark else "light",
            storage_state=signed_in.get(name),
            viewport=viewport,
            has_touch=touch,
            is_mobile=touch,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(f"{error}\n{error.stack}"))
        page.on("console", listen)
        if name not in signed_in:
            sign_in(page, name)
            signed_in[name] = context.storage_state()
        page.goto(path)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert complaints == []


def sign_in(page: Page, name: str) -> None:
    page.goto("/login/")
    page.fill("[name=username]", f"{name}@example.org")
    page.fill("[name=password]", factories.PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/login" not in url)
