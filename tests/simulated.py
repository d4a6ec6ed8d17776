"""A number of the desk at a simulator that runs beside the tests."""

from __future__ import annotations

from inbox.actions import channels
from inbox.models import Channel
from simulator.options import DEMO_ACCOUNT, DEMO_APP, DEMO_NUMBER
from simulator.remote import Remote
from tests.desk import APP_SECRET, TOKEN


def connect(simulator: Remote) -> Channel:
    """As an admin would, in the settings."""
    return channels.connect(
        name="Service",
        phone_number_id=DEMO_NUMBER,
        waba_id=DEMO_ACCOUNT,
        app_id=DEMO_APP,
        token=TOKEN,
        app_secrets=[APP_SECRET],
        verify_token="simulator-verify",
        graph_base_url=simulator.url,
    )
