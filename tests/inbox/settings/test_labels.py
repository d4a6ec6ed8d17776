"""/settings/labels/"""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertNotContains

from inbox.models import ConversationLabel, Label
from inbox.palette import COLOURS
from tests.factories import make_conversation
from tests.inbox.settings.conftest import Statuses

pytestmark = pytest.mark.django_db
URL = "/settings/labels/"
RED, BLUE = "#b91c1c", "#2563eb"


def make_label(name: str, position: int = 0) -> Label:
    return Label.objects.create(name=name, colour=RED, position=position)


def names() -> list[str]:
    return list(Label.objects.values_list("name", flat=True))


def test_new_ones_come_last(admin_client: Client) -> None:
    make_label("Zebra", 4)

    r = admin_client.post(f"{URL}create/", {"name": "Apple <1>", "colour": BLUE}, follow=True)

    assertContains(r, "Apple &lt;1&gt;")
    assertContains(r, f'data-colour="{BLUE}"')
    assert names() == ["Zebra", "Apple <1>"]


def test_name_and_colour_can_be_changed(admin_client: Client) -> None:
    label = make_label("Complaint")

    admin_client.post(f"{URL}{label.code}/", {"name": "Problem", "colour": BLUE})

    label.refresh_from_db()
    assert (label.name, label.colour) == ("Problem", BLUE)


@pytest.mark.parametrize("colour", ["#123456", "red;background:url(x)", ""])
def test_only_our_colours(admin_client: Client, colour: str) -> None:
    r = admin_client.post(f"{URL}create/", {"name": "Complaint", "colour": colour})

    assertContains(r, 'id="id_colour_error"', status_code=422)
    assertContains(r, "Complaint", status_code=422)  # what was typed is not lost
    assert not Label.objects.exists()


def test_every_colour_of_the_palette_is_in_the_style_sheet() -> None:
    from django.conf import settings

    css = (settings.BASE_DIR / "static/css/settings.css").read_text()
    assert [c for c in COLOURS if f'[data-colour="{c}"]' not in css] == []


def test_two_labels_do_not_share_a_name(admin_client: Client) -> None:
    make_label("Complaint")
    r = admin_client.post(f"{URL}create/", {"name": "Complaint", "colour": RED})
    assertContains(r, "already exists", status_code=422)


@pytest.mark.parametrize(
    ("moved", "direction", "expected"),
    [
        ("b", "up", ["b", "a", "c"]),
        ("b", "down", ["a", "c", "b"]),
        ("a", "up", ["a", "b", "c"]),
        ("c", "down", ["a", "b", "c"]),
    ],
)
def test_the_order_is_theirs(
    admin_client: Client, moved: str, direction: str, expected: list[str]
) -> None:
    labels = {name: make_label(name) for name in "abc"}

    admin_client.post(f"{URL}{labels[moved].code}/move/", {"direction": direction})

    assert names() == expected


def test_deleting_says_how_many_conversations_lose_it(admin_client: Client) -> None:
    label = make_label("Complaint")
    for _ in range(2):
        ConversationLabel.objects.create(conversation=make_conversation(), label=label)

    assertContains(admin_client.get(f"{URL}{label.code}/delete/"), "2 conversations")
    assert Label.objects.exists()

    admin_client.post(f"{URL}{label.code}/delete/")
    assert not Label.objects.exists()
    assert not ConversationLabel.objects.exists()


def test_leads_read_and_change_nothing(lead_client: Client) -> None:
    make_label("Complaint")
    r = lead_client.get(URL)
    assertContains(r, "Complaint")
    assertNotContains(r, "New label")
    assertNotContains(r, "/delete/")


def test_who_is_let_in(statuses: Statuses) -> None:
    label = make_label("Complaint")
    form: dict[str, object] = {"name": "New", "colour": RED}
    admins_only = {"stranger": 302, "agent": 403, "lead": 403}
    assert statuses(URL) == {"stranger": 302, "agent": 403, "lead": 200, "admin": 200}
    assert statuses(f"{URL}{label.code}/") == admins_only | {"admin": 200}
    assert statuses(f"{URL}{label.code}/delete/") == admins_only | {"admin": 200}
    assert statuses(f"{URL}{label.code}/merge/") == admins_only | {"admin": 200}
    assert statuses(f"{URL}create/", form) == admins_only | {"admin": 302}
    assert statuses(f"{URL}{label.code}/move/", {}) == admins_only | {"admin": 302}
    assert statuses(f"{URL}{label.code}/", form | {"name": "X"}) == admins_only | {"admin": 302}
    assert statuses(f"{URL}{label.code}/delete/", {}) == admins_only | {"admin": 302}
    assert statuses(f"{URL}{label.code}/move/")["admin"] == 405


@pytest.mark.parametrize("path", ["", "delete/"])
def test_no_label_by_that_code(admin_client: Client, path: str) -> None:
    assert admin_client.get(f"{URL}{uuid4()}/{path}").status_code == 404


def test_the_number_of_queries_does_not_grow(
    admin_client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(5):
        make_label(f"Label {n}", n)

    # session, agent, labels, what was changed
    with django_assert_num_queries(4):
        admin_client.get(URL)
