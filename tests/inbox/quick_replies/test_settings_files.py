"""/settings/quick-replies/: the files that go along"""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from inbox.actions import quick_replies as actions
from inbox.actions.quick_replies import Content, Words
from inbox.models import QuickReply
from tests.factories import make_agent
from tests.inbox.quick_replies.writing import form_data

pytestmark = pytest.mark.django_db

NEW = reverse("inbox:settings_quick_reply_new")
PDF = b"%PDF-1.4 a price list"


def address(reply: QuickReply) -> str:
    return reverse("inbox:settings_quick_reply", args=[reply.code])


def test_files_are_kept_shown_and_taken_away(
    admin_client: Client, django_capture_on_commit_callbacks: object
) -> None:
    file = SimpleUploadedFile("../Preise\u202e.pdf", PDF, content_type="text/html")
    admin_client.post(NEW, form_data(scope="all", add=[file]))
    reply = QuickReply.objects.get()
    stored = reply.files.get()

    assert (stored.name, stored.mime, stored.size) == (
        "Preise.pdf",
        "application/pdf",
        len(PDF),
    )
    answer = admin_client.get(reverse("inbox:settings_quick_reply_file", args=[stored.code]))
    assert answer.getvalue() == PDF
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "Preise.pdf" in admin_client.get(address(reply)).content.decode()

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        admin_client.post(address(reply), form_data(scope="all", remove=[str(stored.code)]))
    assert not reply.files.exists()
    assert [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()] == []
    said = [event.what for event in reply.events.order_by("pk")]
    assert said == ["created", "files", "files"]


def test_files_are_looked_at(admin_client: Client) -> None:
    page = SimpleUploadedFile("price.pdf", b"<html><script>alert(1)</script>")
    admin_client.post(NEW, form_data(scope="all", add=[page]))

    stored = QuickReply.objects.get().files.get()
    answer = admin_client.get(reverse("inbox:settings_quick_reply_file", args=[stored.code]))

    assert answer.getvalue().startswith(b"<html>")
    assert stored.mime == "text/html"
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")


def test_empty_and_too_many_files_are_refused(admin_client: Client) -> None:
    empty = SimpleUploadedFile("a.pdf", b"")
    many = [SimpleUploadedFile(f"{n}.pdf", PDF) for n in range(6)]

    for files in ([empty], many):
        assert admin_client.post(NEW, form_data(scope="all", add=files)).status_code == 422
    assert not QuickReply.objects.exists()


def test_a_file_is_hidden_from_those_who_may_not_know_of_it(agent_client: Client) -> None:
    owner = make_agent()
    reply = actions.create(Content("x", "x", (Words("x"),), owner=owner), by=owner)
    client = Client()
    client.force_login(owner, backend="inbox.backends.AgentBackend")
    data = form_data(shortcut="x", add=[SimpleUploadedFile("a.pdf", PDF)])
    assert client.post(address(reply), data).status_code == 302
    url = reverse("inbox:settings_quick_reply_file", args=[reply.files.get().code])

    assert client.get(url).getvalue() == PDF
    assert agent_client.get(url).status_code == 404
