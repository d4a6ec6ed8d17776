"""inbox.actions.templates: our copy of Meta's templates"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import httpx
import pytest
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from inbox import events
from inbox.actions import sweeping, templates
from inbox.models import Template
from tests.factories import make_channel
from tests.fakes import FakeGraph
from tests.inbox.outbound.templates import body, make_template

pytestmark = pytest.mark.django_db


def record(name: str = "order_news", language: str = "de", **more: Any) -> dict[str, Any]:
    return {
        "id": f"1{len(name)}",
        "name": name,
        "language": language,
        "status": "APPROVED",
        "category": "UTILITY",
        "parameter_format": "POSITIONAL",
        "components": [{"type": "BODY", "text": "Hallo"}],
        "quality_score": {"score": "GREEN"},
        **more,
    }


def listed(whatsapp: FakeGraph, *records: dict[str, Any]) -> None:
    whatsapp.documents["message_templates"] = {"data": list(records)}


def test_it_takes_over_what_meta_lists(
    whatsapp: FakeGraph, published: list[events.HintBody]
) -> None:
    channel = make_channel()
    listed(whatsapp, record(), record(language="en_US"))

    templates.sync(channel.pk)

    german, english = Template.objects.all()
    assert (german.waba_id, german.name, german.language) == (
        channel.waba_id,
        "order_news",
        "de",
    )
    assert (german.status, german.category, german.quality) == ("APPROVED", "UTILITY", "GREEN")
    assert german.components == [{"type": "BODY", "text": "Hallo"}]
    assert german.is_usable
    assert english.language == "en_US"
    channel.refresh_from_db()
    assert channel.templates_synced_at is not None
    assert published == [events.ChannelChanged(channel.pk)]


def test_what_changed_is_changed_and_keeps_its_code(whatsapp: FakeGraph) -> None:
    channel = make_channel()
    old = make_template(channel, language="de", category="UTILITY")
    listed(whatsapp, record(category="MARKETING", previous_category="UTILITY"))

    templates.sync(channel.pk)

    template = Template.objects.get()
    assert (template.pk, template.code) == (old.pk, old.code)
    assert (template.category, template.previous_category) == ("MARKETING", "UTILITY")


def test_a_language_is_one_however_it_is_spelt(whatsapp: FakeGraph) -> None:
    channel = make_channel()
    make_template(channel, language="en_US")
    listed(whatsapp, record(language="en-US"))

    templates.sync(channel.pk)

    assert Template.objects.get().language == "en_US"


def test_what_is_not_listed_any_more_is_gone_until_it_is_back(whatsapp: FakeGraph) -> None:
    channel = make_channel()
    make_template(channel, language="de", synced_at=timezone.now() - timedelta(days=1))

    listed(whatsapp)
    templates.sync(channel.pk)
    assert not Template.objects.get().is_usable

    listed(whatsapp, record())
    templates.sync(channel.pk)
    assert Template.objects.get().is_usable


def test_other_accounts_are_left_alone(whatsapp: FakeGraph) -> None:
    other = make_template(make_channel(waba_id="100000000000009"))
    listed(whatsapp)

    templates.sync(make_channel().pk)

    other.refresh_from_db()
    assert other.gone_at is None


def test_all_pages_are_read(whatsapp: FakeGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = {
        None: {
            "data": [record("first")],
            "paging": {"cursors": {"after": "X"}, "next": "https://graph.example/next"},
        },
        "X": {"data": [record("second")]},
    }
    monkeypatch.setattr(
        whatsapp, "_usual", lambda r: httpx.Response(200, json=pages[r.url.params.get("after")])
    )

    templates.sync(make_channel().pk)

    assert set(Template.objects.values_list("name", flat=True)) == {"first", "second"}


def test_nonsense_in_the_list_is_passed_over(whatsapp: FakeGraph) -> None:
    listed(whatsapp, {"id": "1"}, record(name=""), record(status="S" * 99), record("fine"))

    templates.sync(make_channel().pk)

    assert Template.objects.get(name="fine").is_usable
    assert Template.objects.get(name="order_news").status == "S" * 24


def test_a_refusal_leaves_everything_as_it_was(whatsapp: FakeGraph) -> None:
    channel = make_channel()
    make_template(channel)
    whatsapp.refuse(190, at="message_templates", status=401)

    templates.sync(channel.pk)

    assert Template.objects.get().is_usable
    channel.refresh_from_db()
    assert channel.templates_synced_at is None


def test_a_number_that_is_gone_is_no_error(whatsapp: FakeGraph) -> None:
    templates.sync(123456)

    assert not whatsapp.requests


def test_each_account_not_heard_of_for_a_day_is_asked_once(
    nudged: list[tuple[Any, ...]],
) -> None:
    now = timezone.now()
    yesterday, just_now = now - timedelta(hours=25), now - timedelta(hours=1)
    first = make_channel(waba_id="100000000000001", templates_synced_at=yesterday)
    make_channel(waba_id="100000000000001", templates_synced_at=yesterday)
    never = make_channel(waba_id="100000000000002")
    make_channel(waba_id="100000000000003", retired_at=now)
    make_channel(waba_id="100000000000004", templates_synced_at=just_now)

    sweeping.tidy(now=now)

    assert nudged == [("sync_templates", first.pk), ("sync_templates", never.pk)]


def test_a_sync_can_be_asked_for(
    nudged: list[tuple[Any, ...]],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    channel = make_channel()

    with django_capture_on_commit_callbacks(execute=True):
        templates.request_sync(channel)

    assert nudged == [("sync_templates", channel.pk)]


def test_the_composer_learns_what_to_fill_in() -> None:
    template = make_template(make_channel(), body("Hello {{1}}!", "Ana"))

    [variable] = templates.shape_of(template).variables
    assert (variable.key, variable.example) == ("body.1", "Ana")
    assert templates.preview(template, {"body.1": "Ben"}).body == "Hello Ben!"
    assert set(templates.problems(template, {})) == {"body.1"}
    assert templates.problems(template, {"body.1": "Ben"}) == {}
