"""/settings/quick-replies/export/ and import/"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from inbox.actions import quick_replies as actions
from inbox.actions.quick_replies import Content, Words, content_of
from inbox.forms.quick_reply_import import Outcome, Plan
from inbox.models import Agent, Label, QuickReply, QuickReplyEvent
from tests.factories import make_agent, make_team

pytestmark = pytest.mark.django_db

EXPORT = reverse("inbox:settings_quick_reply_export")
IMPORT = reverse("inbox:settings_quick_reply_import")
CONFIRM = reverse("inbox:settings_quick_reply_import_confirm")
HEAD = "shortcut,name,text,language,form,scope,labels,close,snooze_hours,assign_team\n"


def read(client: Client, table: str | bytes) -> HttpResponse:
    data = table.encode() if isinstance(table, str) else table
    return client.post(IMPORT, {"table": SimpleUploadedFile("t.csv", data)})  # type: ignore[return-value]


def confirm(client: Client, answer: HttpResponse) -> HttpResponse:
    """Send what the page of the plan holds, as a browser does."""
    page = answer.content.decode()
    values = dict(re.findall(r'name="(text|fingerprint)" value="([^"]*)"', page))
    given = {name: re.sub("\r?\n", "\r\n", unescape(value)) for name, value in values.items()}
    return client.post(CONFIRM, given, follow=False)  # type: ignore[return-value]


def outcomes(answer: HttpResponse) -> list[tuple[str, str]]:
    items = answer.context["items"]  # type: ignore[attr-defined]
    return [(item.shortcut, item.outcome.value) for item in items]


def sentences(answer: HttpResponse) -> list[str]:
    items = answer.context["items"]  # type: ignore[attr-defined]
    return [f"{r.number}: {r.sentence}" for item in items for r in item.reasons]


def make_many(admin: Agent) -> list[QuickReply]:
    team = make_team("Returns | Repairs")
    labels = [Label.objects.create(name=name) for name in ("Order", "A|B", "=1")]
    contents = [
        Content("danke", "=Thanks", (Words("+49, =1\n\n@x  y"),), folder="-"),
        Content(
            "grüße",
            "Grüße; \"viele\", 'mehr'",
            (
                Words("Hi {{ contact.first_name | 'x' }}", "de", "du", ("Ja", "-Nein", "'=x")),
                Words("Guten Tag", "de", "sie"),
                Words("Hello 👋"),
            ),
            team=team,
            content_class="advertising",
            acts={
                "labels": [str(label.code) for label in labels],
                "snooze_hours": 48,
                "assign_team": str(team.code),
            },
        ),
        Content(
            "mine",
            "Mine",
            (Words("'"),),
            owner=admin,
            acts={"close": True, "assign_agent": str(admin.code)},
        ),
    ]
    return [actions.create(content, by=admin) for content in contents]


def test_an_export_brought_in_gives_the_same(admin_client: Client, admin: Agent) -> None:
    make_many(admin)
    before = [content_of(reply) for reply in QuickReply.objects.order_by("shortcut")]
    table = admin_client.get(EXPORT).content

    same = read(admin_client, table)
    assert {outcome for _, outcome in outcomes(same)} == {"same"}

    QuickReply.objects.all().delete()
    empty = read(admin_client, table)
    assert {outcome for _, outcome in outcomes(empty)} == {"create"}
    assert not QuickReply.objects.exists()
    assert confirm(admin_client, empty).status_code == 302
    after = [content_of(reply) for reply in QuickReply.objects.order_by("shortcut")]
    assert after == before


def test_an_export_holds_no_formula_and_nothing_of_others(
    admin_client: Client, admin: Agent
) -> None:
    make_many(admin)
    other = make_agent()
    actions.create(Content("x", "Secret", (Words("x"),), owner=other), by=other)
    actions.archive(actions.create(Content("old", "Old", (Words("x"),)), by=None), by=None)

    answer = admin_client.get(EXPORT)

    table = answer.content.decode("utf-8-sig")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert answer["Content-Type"].startswith("text/csv")
    assert "Secret" not in table
    assert "Old" not in table
    cells = [cell for row in csv.reader(io.StringIO(table), delimiter=";") for cell in row]
    assert "'=Thanks" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_a_plan_says_what_would_become_of_each_row(admin_client: Client) -> None:
    actions.create(Content("same", "Same", (Words("x"),)), by=None)
    actions.create(Content("old", "Old", (Words("x"),)), by=None)
    team = make_team("Returns")
    rows = [
        "same,Same,x,,,,,,,",
        "/OLD,Old,y,,,all,,,,",
        "new,New,Hallo,de,sie,team:Returns,,,,",
        "new,,Hello,en,,team:Returns,,,,",
        "bad,Bad,{{ nobody }},,,,,,,",
        "bad2,Bad,x,xx,,,,,,",
        ",Nobody,x,,,,,,,",
        "bad3,Bad,x,,,team:Nowhere,,,,",
        "bad4,Bad,x,,,,No such label,perhaps,soon,Nowhere",
        "bad5,Bad,x,,,,,,,",
        "bad5,Other,y,,,,,,,",
        "same,Same,x,,,,,,,",
    ]

    answer = read(admin_client, HEAD + "\n".join(rows))

    assert outcomes(answer) == [
        ("same", "refused"),
        ("old", "change"),
        ("new", "create"),
        *((name, "refused") for name in ("bad", "bad2", "", "bad3", "bad4", "bad5")),
    ]
    said = "\n".join(sentences(answer))
    for sentence in (
        "13: There is already a text for these customers.",
        "6: Text: Nothing is known by this name: nobody",
        "7: Customer's language: Select a valid choice",
        "8: Shortcut: This field is required",
        "9: For: Select a valid choice",
        "10: Give labels: Select a valid choice. No such label",
        "10: “close” is yes or no.",
        "10: Snooze for hours: Enter a whole number.",
        "10: Assign to team: Select a valid choice",
        "12: There is already a text for these customers.",
        "12: Says something else than row 11: name.",
    ):
        assert sentence in said
    page = answer.content.decode()
    assert "New: 1 · changed: 1 · as they are: 0 · refused: 7" in page
    assert not QuickReplyEvent.objects.exclude(what="created").exists()

    assert confirm(admin_client, answer).status_code == 302
    assert content_of(QuickReply.objects.get(shortcut="old")).texts == (Words("y"),)
    new = content_of(QuickReply.objects.get(shortcut="new"))
    assert new.team == team
    assert new.texts == (Words("Hallo", "de", "sie"), Words("Hello", "en"))
    assert QuickReply.objects.count() == 3


def test_what_changed_meanwhile_is_shown_before_it_is_written(admin_client: Client) -> None:
    answer = read(admin_client, HEAD + "danke,Thanks,x\n")
    actions.create(Content("danke", "Thanks", (Words("y"),)), by=None)

    again = confirm(admin_client, answer)

    assert again.status_code == 409
    assert "Meanwhile somebody changed" in again.content.decode()
    assert outcomes(again) == [("danke", "change")]
    assert content_of(QuickReply.objects.get()).texts == (Words("y"),)
    assert confirm(admin_client, again).status_code == 302
    assert content_of(QuickReply.objects.get()).texts == (Words("x"),)


def test_a_confirmation_that_was_made_up_writes_nothing(admin_client: Client) -> None:
    table = HEAD + "danke,Thanks,x\n"
    for data in ({}, {"text": table}, {"text": "x", "fingerprint": "y"}):
        assert admin_client.post(CONFIRM, data).status_code == 302
    answer = admin_client.post(CONFIRM, {"text": table, "fingerprint": "y"})
    assert answer.status_code == 409
    assert not QuickReply.objects.exists()


def test_all_of_a_table_or_nothing(admin: Agent) -> None:
    content = Content("danke", "Thanks", (Words("x"),))

    with pytest.raises(actions.ShortcutTaken):
        actions.take_in(
            [(content, None), (replace(content, shortcut="/Danke"), None)], by=admin
        )

    assert not QuickReply.objects.exists()


@pytest.mark.parametrize("table", [b"", b"\x00\x01", b"a,b\n", b"x" * 1_000_001], ids=len)
def test_what_cannot_be_read_is_refused_at_the_field(
    table: bytes, admin_client: Client
) -> None:
    answer = read(admin_client, table)

    assert answer.status_code == 422
    assert "field__error" in answer.content.decode()


def test_hostile_cells_run_nothing(admin_client: Client) -> None:
    answer = read(admin_client, HEAD + '"<script>alert(1)</script>","<b>",x\n')

    page = answer.content.decode()
    assert "<script>alert" not in page
    assert outcomes(answer) == [("<script>alert(1)</script>", "refused")]


def test_only_admins_bring_in_and_out(agent_client: Client, lead_client: Client) -> None:
    for client in (agent_client, lead_client):
        assert client.get(EXPORT).status_code == 403
        assert client.get(IMPORT).status_code == 403
        assert read(client, HEAD).status_code == 403
        assert client.post(CONFIRM, {"text": HEAD}).status_code == 403


def test_an_empty_table_writes_nothing(admin_client: Client) -> None:
    answer = read(admin_client, HEAD)

    assert "There is nothing below the head" in answer.content.decode()
    assert Plan(()).count(Outcome.CREATE) == 0


def test_a_large_table_is_planned_by_a_few_questions(
    admin_client: Client, django_assert_max_num_queries: object
) -> None:
    table = HEAD + "".join(f"s{n},Name,Text {n}\n" for n in range(300))

    with django_assert_max_num_queries(16):  # type: ignore[operator]
        answer = read(admin_client, table)

    assert len(outcomes(answer)) == 300
