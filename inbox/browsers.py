"""What a browser calls itself, in two words a person recognises: "Firefox, Windows"."""

from __future__ import annotations

from collections.abc import Sequence

# In this order: browsers also name those they want to be taken for.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("Windows", "Windows"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


def describe(user_agent: str) -> str:
    """Empty when nothing is recognised."""
    found = (_find(user_agent, _BROWSERS), _find(user_agent, _SYSTEMS))
    return ", ".join(name for name in found if name)


def _find(user_agent: str, signs: Sequence[tuple[str, str]]) -> str:
    return next((name for sign, name in signs if sign in user_agent), "")
