"""A page as somebody reads it: its elements, and the words in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})
# Clocks run on, and what only appears when pressed is not read.
UNREAD = frozenset({"time", "script", "style", "template", "svg"})
# What a screen reader says where no words stand.
SPOKEN = {"img": "alt", "audio": "aria-label", "video": "aria-label"}


@dataclass(eq=False)
class Element:
    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    inside: list[Element | str] = field(default_factory=list)

    @property
    def classes(self) -> set[str]:
        return set(self.attributes.get("class", "").split())

    @property
    def words(self) -> str:
        return " ".join(" ".join(self._words()).split())

    def _words(self) -> Iterator[str]:
        if self.tag in UNREAD:
            return
        if self.tag in SPOKEN:
            yield self.attributes.get(SPOKEN[self.tag], "")
        for part in self.inside:
            if isinstance(part, str):
                yield part
            else:
                yield from part._words()

    def all(self, selector: str) -> list[Element]:
        """The elements inside that are ``tag``, ``.class``, ``tag.class`` or ``#id``."""
        return [each for each in self._descendants() if each._is(selector)]

    def one(self, selector: str) -> Element:
        (found,) = self.all(selector)
        return found

    def _descendants(self) -> Iterator[Element]:
        for part in self.inside:
            if isinstance(part, Element) and part.tag != "template":
                yield part
                yield from part._descendants()

    def _is(self, selector: str) -> bool:
        if selector.startswith("#"):
            return self.attributes.get("id") == selector[1:]
        tag, _dot, name = selector.partition(".")
        return tag in ("", self.tag) and (not name or name in self.classes)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("page")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].inside.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)


def read(html: str) -> Element:
    """Strict: a tag that is left open or closed twice is an error."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    (page,) = reader.open
    return page
