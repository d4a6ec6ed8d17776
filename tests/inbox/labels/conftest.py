"""People with and without the data-protection right, and labels of both sorts."""

from __future__ import annotations

import pytest
from django.test import Client

from inbox.models import Agent, Label
from tests.factories import make_agent

FETCH = {"X-Requested-With": "fetch"}


@pytest.fixture
def guardian(db: None) -> Agent:
    """An admin who may see what is sensitive."""
    return make_agent("Greta Guard", role="admin", data_protection=True)


@pytest.fixture
def guardian_client(guardian: Agent) -> Client:
    client = Client()
    client.force_login(guardian, backend="inbox.backends.AgentBackend")
    return client


@pytest.fixture
def label(db: None) -> Label:
    return Label.objects.create(name="Complaint", description="Something is wrong")


@pytest.fixture
def secret(db: None) -> Label:
    return Label.objects.create(name="Diabetes", is_sensitive=True, position=1)
