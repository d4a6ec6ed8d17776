"""inbox.browsers.describe"""

from __future__ import annotations

import pytest

from inbox.browsers import describe

WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"


FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0"
EDGE = f"Mozilla/5.0 (Windows NT 10.0) {WEBKIT} Chrome/130.0 Safari/537.36 Edg/130.0"
CHROME = f"Mozilla/5.0 (Linux; Android 14) {WEBKIT} Chrome/130.0 Mobile Safari/537.36"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Safari/604.1"
SAFARI = f"Mozilla/5.0 (Macintosh; Intel Mac OS X 14_7) {WEBKIT} Safari/605.1"


@pytest.mark.parametrize(
    ("user_agent", "expected"),
    [
        (FIREFOX, "Firefox, Linux"),
        (EDGE, "Edge, Windows"),
        (CHROME, "Chrome, Android"),
        (PHONE, "Safari, iPhone"),
        (SAFARI, "Safari, macOS"),
        ("curl/8.5", ""),
        ("<script>alert(1)</script>", ""),
        ("", ""),
    ],
)
def test_a_browser_is_named_in_two_words(user_agent: str, expected: str) -> None:
    assert describe(user_agent) == expected
