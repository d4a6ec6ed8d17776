"""All that agents and admins read, screen by screen, as the browser fetches it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from django.test import Client

from tests.inbox.outcomes.page import Element, read

Words = tuple[str, str]  # which thing on the screen, and what is read there
Screens = dict[str, dict[str, str]]
FOLDERS = ("all", "closed")
PARKED_STATES = ("failed", "unknown", "waiting")


@dataclass(frozen=True, slots=True)
class Desk:
    """Two people signed in, and the number they look after."""

    agent: Client
    admin: Client
    number_url: str

    def look(self) -> Screens:
        """The words of every screen, by screen and by thing."""
        conversations = [row for folder in FOLDERS for row in self._rows(folder)]
        seen = {
            "list": dict(_row(row) for row in conversations),
            "banner": dict(self._banners()),
            "number": dict(self._number()),
            "news": dict(self._news()),
            "templates": dict(self._templates()),
            "parked": dict(self._parked()),
            "thread": {},
            "composer": {},
            "person": {},
        }
        for row in conversations:
            code = row.attributes["data-code"]
            page = self._page(self.agent, f"/conversations/{code}/")
            seen["thread"] |= dict(_said(page.one("#thread")))
            seen["composer"][code] = _may_be_written(page.one("#composer"))
            person = self._page(self.agent, f"/conversations/{code}/person/")
            seen["person"] |= {f"{code} {name}": words for name, words in _person(person)}
        return seen

    def _page(self, who: Client, path: str) -> Element:
        answer = who.get(path)
        assert answer.status_code == 200, path
        return read(answer.content.decode())

    def _rows(self, folder: str) -> list[Element]:
        return self._page(self.agent, f"/inbox/{folder}/rows/").all("li.row")

    def _banners(self) -> Iterator[Words]:
        for banner in self._page(self.agent, "/banners/").all("p.notice"):
            yield banner.words, banner.words

    def _number(self) -> Iterator[Words]:
        page = self._page(self.admin, self.number_url)
        yield "header", page.one("header.page__head").one("p.quiet").words
        (health,) = [
            each
            for each in page.all("section.card")
            if each.attributes["aria-labelledby"] == "health"
        ]
        for notice in health.all("p.notice"):
            yield notice.words, notice.words
        for chip in health.all("span.chip"):
            yield f"chip {chip.words}", chip.words
        for name, value in zip(health.all("dt"), health.all("dd"), strict=True):
            if not value.all("time"):  # when it last spoke changes with everything it says
                explained = "".join(small.words for small in value.all("small"))
                words = value.words.removesuffix(explained).strip()
                yield name.words, f"{name.words}: {words}"

    def _news(self) -> Iterator[Words]:
        for card in self._page(self.admin, f"{self.number_url}events/").all("li.card"):
            key = card.one("button").attributes["value"]
            yield key, f"{card.one('span.chip').words}: {card.one('strong').words}"

    def _templates(self) -> Iterator[Words]:
        for body in self._page(self.admin, "/settings/templates/").all("tbody"):
            for row in body.all("tr"):
                yield row.one("th").words, row.words

    def _parked(self) -> Iterator[Words]:
        for state in PARKED_STATES:
            page = self._page(self.admin, f"/settings/parked/?state={state}")
            for link in [a for body in page.all("tbody") for a in body.all("a")]:
                address = link.attributes["href"]
                yield address, _parked_one(self._page(self.admin, address))


def _row(row: Element) -> Words:
    times = row.one("span.row__times")
    words = [row.one("bdi.row__name").words, row.one("span.row__preview").words]
    words += [badge.words for badge in row.all("span.badge")]
    words += ["waits" for span in times.all("span") if "data-waits-since" in span.attributes]
    return row.attributes["data-code"], " · ".join(filter(None, words))


def _said(thread: Element) -> Iterator[Words]:
    for item in thread.all("li.message") + thread.all("li.event"):
        yield item.attributes["id"], item.words.removesuffix(" ·")


def _may_be_written(composer: Element) -> str:
    """What stops or warns the agent; or that the customer can be answered."""
    words = [notice.words for notice in composer.all("p.notice")]
    if composer.all("textarea"):
        words.append("can be answered")
    return " ".join(words)


def _person(panel: Element) -> Iterator[Words]:
    yield "name", panel.one("h2").words
    for number, consent in enumerate(panel.all("div.consent")):
        yield f"consent {number}", consent.one("p").words.partition(" · ")[0]
    facts = panel.one("dl.person__facts")
    for name, value in zip(facts.all("dt"), facts.all("dd"), strict=True):
        yield name.words, f"{name.words}: {value.words}"


def _parked_one(page: Element) -> str:
    state, reason = page.one("dl.pairs").all("dd")[:2]
    # PostgreSQL keeps the keys in an order of its own.
    raw = json.dumps(json.loads(page.one("pre.settings__raw").words), sort_keys=True)
    return f"{state.words} · {reason.words} · {raw}"
