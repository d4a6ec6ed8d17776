"""inbox.bubbles.text: what people type, as HTML that cannot do anything."""

from __future__ import annotations

import time

import pytest

from inbox.bubbles.text import is_emoji_only, to_html, web_address
from tests.inbox.thread.markup import Markup

LINK = '<a href="{0}" target="_blank" rel="noopener noreferrer nofollow">{0}</a>'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Hello", "Hello"),
        ("*bold*", "<strong>bold</strong>"),
        ("_italic_", "<em>italic</em>"),
        ("~gone~", "<s>gone</s>"),
        ("```a  *b*```", "<code>a  *b*</code>"),
        ("*a _b_ c*", "<strong>a <em>b</em> c</strong>"),
        ("2*3*4", "2*3*4"),
        ("snake_case_name", "snake_case_name"),
        ("* no *", "* no *"),
        ("*over\ntwo lines*", "*over\ntwo lines*"),
        ("*a _b* c_", "<strong>a _b</strong> c_"),
    ],
    ids=[
        "plain",
        "bold",
        "italic",
        "struck",
        "code",
        "nested",
        "a sum",
        "a name",
        "loose",
        "two lines",
        "crossing",
    ],
)
def test_markings(text: str, html: str) -> None:
    assert to_html(text) == html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("https://example.org", LINK.format("https://example.org")),
        ("see http://a.de/b.", "see " + LINK.format("http://a.de/b") + "."),
        ("(https://a.de)", "(" + LINK.format("https://a.de") + ")"),
        ("https://a.de/x_y_z*", LINK.format("https://a.de/x_y_z") + "*"),
        ("https://a.de/?a=1&b=2", LINK.format("https://a.de/?a=1&amp;b=2")),
        (
            "www.example.org",
            '<a href="https://www.example.org" target="_blank"'
            ' rel="noopener noreferrer nofollow">www.example.org</a>',
        ),
    ],
    ids=["bare", "full stop", "in brackets", "markings stay out", "ampersand", "www"],
)
def test_links(text: str, html: str) -> None:
    assert to_html(text) == html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        "*<script>alert(1)</script>*",
        "```<script>alert(1)</script>```",
        'https://a.de/"onmouseover="alert(1)',
        "https://a.de/<script>",
        "javascript:alert(1)",
        "JaVaScRiPt://a.de/%0aalert(1)",
        "data:text/html,<script>alert(1)</script>",
        "{{ settings.SECRET_KEY }} {% debug %}",
        "\ue0000\ue001 *x* \ue00099\ue001",
        "https://user:pass@a.de",
    ],
)
def test_nothing_that_is_typed_can_run(text: str) -> None:
    markup = Markup(to_html(text))

    assert markup.dangers == []
    assert {tag for tag, _attributes in markup.tags} <= {"a", "strong", "em", "s", "code"}


def test_places_of_held_parts_cannot_be_forged() -> None:
    assert to_html("\ue0000\ue001 https://a.de") == "\ufffd0\ufffd " + LINK.format(
        "https://a.de"
    )


@pytest.mark.parametrize("text", ["*a " * 1365, "*" * 4096, "*_~" * 1300, "https://" * 500])
def test_hostile_texts_are_drawn_quickly(text: str) -> None:
    began = time.process_time()

    to_html(text)

    assert time.process_time() - began < 0.5


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("😀", True),
        ("👍🏽 ❤️", True),
        ("🇩🇪", True),
        ("ok 👍", False),
        ("", False),
        ("   ", False),
        ("1", False),
        ("😀" * 30, False),
    ],
)
def test_emoji_alone_are_shown_large(text: str, expected: bool) -> None:
    assert is_emoji_only(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://a.de/x", True),
        ("http://a.de", True),
        ("javascript:alert(1)", False),
        ("//a.de", False),
        ("https://", False),
        ("https://a.de/\nx", False),
        (" https://a.de", False),
        ("ftp://a.de", False),
        ("https://[", False),
        (None, False),
        ({"a": 1}, False),
    ],
)
def test_only_addresses_of_the_web_become_links(text: object, expected: bool) -> None:
    assert bool(web_address(text)) is expected
