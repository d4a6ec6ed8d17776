"""/settings/quick-replies/preview/"""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.inbox.quick_replies.writing import form_data

pytestmark = pytest.mark.django_db

PREVIEW = reverse("inbox:settings_quick_reply_preview")
GERMAN_SIE = {
    "language": "de",
    "form": "sie",
    "body": "Guten Tag, wir öffnen {{ next_opening }}.",
}
GERMAN_DU = {"language": "de", "form": "du", "body": "Hallo {{ contact.first_name | du }}!"}
ENGLISH = {"language": "en", "body": "Hello {{ contact.first_name }}, I am {{ agent.name }}."}


def preview(client: Client, *texts: dict[str, str], **customer: str) -> str:
    chosen = {f"customer_{name}": value for name, value in customer.items()}
    answer = client.post(PREVIEW, form_data(*texts, **chosen))
    assert answer.status_code == 200
    return answer.content.decode()


def test_each_customer_sees_the_text_that_fits(agent_client: Client) -> None:
    texts = (GERMAN_SIE, GERMAN_DU, ENGLISH)

    assert "Hallo Maria!" in preview(agent_client, *texts, language="de", form="du")
    assert "Hallo du!" in preview(
        agent_client, *texts, language="de", form="du", name="unknown"
    )
    assert "Guten Tag" in preview(agent_client, *texts, language="de")
    assert "Hello Maria, I am Anna Keller." in preview(agent_client, *texts, language="en")


def test_what_is_reckoned_is_said_in_the_language_of_the_text(agent_client: Client) -> None:
    page = preview(agent_client, GERMAN_SIE, language="de")

    assert ", ab 9 Uhr." in page


def test_what_stays_open_is_marked(agent_client: Client) -> None:
    known = preview(agent_client, ENGLISH, language="en")
    assert "Without a word for when nothing is known: contact.first_name" in known
    assert "<mark>" not in known

    unknown = preview(agent_client, ENGLISH, language="en", name="unknown")
    assert "Hello <mark>{{ contact.first_name }}</mark>, I am" in unknown
    assert "Nothing is known of this: contact.first_name." in unknown


def test_buttons_are_drawn_and_nothing_runs(agent_client: Client) -> None:
    text = {"body": "<img src=x onerror=alert(1)> *bold*", "button_1": "<b>Yes</b>"}

    page = preview(agent_client, text)

    assert "&lt;img src=x onerror=alert(1)&gt; <strong>bold</strong>" in page
    assert "&lt;b&gt;Yes&lt;/b&gt;" in page
    assert "<img" not in page


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"texts-TOTAL_FORMS": "x", "texts-INITIAL_FORMS": "-1"},
        {"texts-TOTAL_FORMS": "99999", "texts-INITIAL_FORMS": "0"},
        form_data({"body": "", "language": "xx", "form": "<"}),
        form_data({"body": "\x00"}),
        form_data({"body": "x", "DELETE": "on"}),
    ],
    ids=repr,
)
def test_whatever_is_sent_is_answered(data: dict[str, str], agent_client: Client) -> None:
    assert agent_client.post(PREVIEW, data).status_code == 200


def test_strangers_preview_nothing(client: Client) -> None:
    assert client.post(PREVIEW, form_data()).status_code == 302
