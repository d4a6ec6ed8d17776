"""Looks at HTML as a browser would: which elements and attributes are really there."""

from __future__ import annotations

from html.parser import HTMLParser

RUNNING = {"script", "iframe", "object", "embed", "style"}
ADDRESSES = {"href", "src", "action", "poster", "formaction"}


class Markup(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    @property
    def dangers(self) -> list[str]:
        """What could run: scripts, handlers, addresses that are no address."""
        found = [tag for tag, _attrs in self.tags if tag in RUNNING]
        for tag, attrs in self.tags:
            found += [f"{tag} {name}" for name in attrs if name.startswith(("on", "style"))]
            found += [
                f"{tag} {name}={value}"
                for name, value in attrs.items()
                if name in ADDRESSES and not value.startswith(("/", "http://", "https://"))
            ]
        return found
