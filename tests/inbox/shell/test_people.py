"""{% avatar %}: initials on a colour that stays."""

from __future__ import annotations

import uuid

import pytest
from django.template import Context, Template

from inbox.models import Agent, Contact
from inbox.templatetags import people


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Lena Hofmann", "LH"),
        ("Anna-Lena von der Heide", "AH"),
        ("Mehmet Şahin", "MŞ"),
        ("@pia.wolf", "PW"),
        ("lena", "L"),
        ("محمد علي", "مع"),
        ("李小龙", "李"),
        ("🌻 Sonja 🌻", "S"),
        ("+49 1511 2345678", ""),
        ("🙂", ""),
        ("", ""),
    ],
)
def test_initials(name: str, letters: str) -> None:
    assert people.initials(name) == letters


def avatar(person: object, arguments: str = "") -> str:
    template = Template("{% load people %}{% avatar person " + arguments + " %}")
    return template.render(Context({"person": person}))


def test_the_colour_stays_with_the_person() -> None:
    person = Contact(display_name="Lena Hofmann", code=uuid.UUID(int=17))

    assert 'class="avatar avatar--c7"' in avatar(person)
    assert ">LH<" in avatar(person)


def test_somebody_without_letters_gets_an_outline() -> None:
    assert "icons.svg#person" in avatar(Contact(display_name="+49 30 901820"))
    assert "icons.svg#person" in avatar(None)


def test_agents_may_show_their_presence() -> None:
    agent = Agent(name="Anna Keller", presence="away")

    html = avatar(agent, 'size="s" presence=True')

    assert "avatar--s" in html
    assert f'data-agent="{agent.code}"' in html
    assert 'data-presence="away"' in html


def test_a_hostile_name_is_text() -> None:
    assert "<b" not in avatar(Contact(display_name="<b> <i>")).replace("<span", "")
