"""What people type, as HTML that cannot do anything: links, and WhatsApp's own markings.

Everything is escaped first; only then do links and the four markings become elements.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from urllib.parse import urlsplit

from django.utils.safestring import SafeString

# Longer texts than WhatsApp carries, and heaps of markings, are shown plainly.
LONGEST_MARKED = 10_000
MOST_MARKINGS = 200
DEEPEST = 3  # bold in italic in struck through; the same twice says nothing

_SUSPECT = ("*", "_", "~", "`", "://")
_LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"`\ue000-\ue001]+", re.IGNORECASE)
_TRAILING = ".,;:!?'\"*_~)]}…"
_CODE = re.compile(r"```(.+?)```", re.DOTALL)
# A marking hugs its words and stands free: 2*3*4 is a sum. Bounded, to stay cheap.
_MARKING = re.compile(r"(?<![^\W_])([*_~])(?=\S)([^\n]{1,500}?)(?<=\S)\1(?![^\W_])")
_ELEMENTS = {"*": "strong", "_": "em", "~": "s"}
_HELD = re.compile("\ue000(\\d+)\ue001")
_EMOJI = re.compile(
    "(?:[\U0001f000-\U0001faff\u2190-\u21ff\u2300-\u23ff\u25a0-\u27bf\u2900-\u297f\u2b00-\u2bff"
    "\u3030\u303d\u3297\u3299\u00a9\u00ae\u200d\ufe0f\u20e3\U000e0020-\U000e007f])+"
)


def to_html(text: str) -> SafeString:
    if len(text) > LONGEST_MARKED or not _is_suspect(text):
        return SafeString(escape(text))
    held: list[str] = []

    def hold(html: str) -> str:
        held.append(html)
        return f"\ue000{len(held) - 1}\ue001"

    text = text.replace("\ue000", "\ufffd").replace("\ue001", "\ufffd")
    text = _CODE.sub(lambda m: hold(f"<code>{escape(m[1])}</code>"), text)
    text = _LINK.sub(lambda m: _hold_link(m[0], hold), text)
    html = escape(text)
    if sum(html.count(marking) for marking in _ELEMENTS) <= MOST_MARKINGS:
        html = _mark(html, DEEPEST)
    return SafeString(_HELD.sub(lambda m: held[int(m[1])], html))


def _is_suspect(text: str) -> bool:
    """Most texts are words and nothing else; looking for these is cheaper than any pattern."""
    return any(sign in text for sign in _SUSPECT) or "www." in text.lower()


def is_emoji_only(text: str) -> bool:
    """One to a few emoji and nothing else: shown large."""
    if text.isascii() or len(text) > 24:
        return False
    return _EMOJI.fullmatch(text.replace(" ", "")) is not None


def web_address(text: object) -> str:
    """The address if it is one of the web, else nothing: no script, no data, no tricks."""
    if not isinstance(text, str) or len(text) > 2000 or any(c < "!" for c in text):
        return ""
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    return text if parts.scheme in {"http", "https"} and parts.hostname else ""


def _hold_link(found: str, hold: Callable[[str], str]) -> str:
    link = found.rstrip(_TRAILING)
    if found[len(link) :].startswith(")") and "(" in link:
        link += ")"
    target = web_address(link if "://" in link else f"https://{link}")
    if not target:
        return found
    anchor = (
        f'<a href="{escape(target)}" target="_blank" rel="noopener noreferrer nofollow">'
        f"{escape(link)}</a>"
    )
    return hold(anchor) + found[len(link) :]


def _mark(html: str, depth: int) -> str:
    if not depth:
        return html

    def element(match: re.Match[str]) -> str:
        name = _ELEMENTS[match[1]]
        return f"<{name}>{_mark(match[2], depth - 1)}</{name}>"

    return _MARKING.sub(element, html)
