"""Where Celery comes in. A task loads what it needs, calls one action, decides on retries.

Arguments are ids, never personal data. Losing a task loses nothing: the row it speaks of is
the truth, and ``sweep`` finds what was left lying. Actions import this module to schedule
work, so actions are imported inside the functions.
"""

from __future__ import annotations

from celery import shared_task

# A hurry that nobody answered for so long is over: ``sweep`` has brought somebody since. So
# what gathers while no worker runs is thrown away by the next instead of being worked through.
# Minutes rather than seconds, because clocks of machines differ.
HURRY_SECONDS = 120


@shared_task(expires=HURRY_SECONDS)
def drain(lane: str) -> None:
    """Work through the stored webhooks of one number."""
    from inbox.actions import draining

    draining.drain(lane)


@shared_task(expires=HURRY_SECONDS)
def carry(channel_id: int) -> None:
    """Carry what is due of one number to WhatsApp."""
    from inbox.actions import deliveries

    deliveries.carry(channel_id)


@shared_task(expires=HURRY_SECONDS)
def route() -> None:
    """Give what nobody has to whoever has room."""
    from inbox.actions.routing import assigning

    assigning.route()


@shared_task(expires=HURRY_SECONDS)
def follow_rules() -> None:
    """Look at the rules for what has happened."""
    from inbox.actions import automation

    automation.run()


@shared_task
def fetch_media(attachment_id: int) -> None:
    from inbox.actions import media

    media.fetch(attachment_id)


@shared_task(expires=HURRY_SECONDS)
def answer_automatically(conversation_id: int) -> None:
    """Send the text that answers a customer by itself, if one is due."""
    from inbox.actions import automatic

    automatic.answer(conversation_id)


@shared_task
def mark_read(conversation_id: int, typing: bool = False) -> None:
    """Tell WhatsApp that an agent has read, or is writing in, a conversation."""
    from inbox.actions import read_marks

    read_marks.send(conversation_id, typing=typing)


@shared_task(expires=HURRY_SECONDS)
def settle_block(block_id: int) -> None:
    """Tell WhatsApp that a number wants (not) to hear of somebody."""
    from inbox.actions import contact_blocks

    contact_blocks.settle(block_id)


@shared_task
def run_bulk_act(act_id: int) -> None:
    """Go on with an act on many conversations."""
    from inbox.actions import bulk_acts

    bulk_acts.run(act_id)


@shared_task
def mail_password_link(agent_id: int) -> None:
    from inbox.actions import agents
    from inbox.models import Agent

    if agent := Agent.objects.active().filter(pk=agent_id).first():
        agents.mail_password_link(agent)


@shared_task
def sync_templates(channel_id: int) -> None:
    from inbox.actions import templates

    templates.sync(channel_id)


@shared_task
def sweep() -> None:
    """Find what no worker took: every few seconds, and cheap when there is nothing."""
    from inbox.actions import sweeping

    sweeping.sweep()


@shared_task
def tidy() -> None:
    """Drop and wipe what has had its time, and fetch anew what has grown old."""
    from inbox.actions import sweeping

    sweeping.tidy()


@shared_task(expires=HURRY_SECONDS)
def push(why: str, conversation_ids: list[int], agent_ids: list[int] | None) -> None:
    """Tell agents who have no page open."""
    from inbox.actions import notices
    from inbox.notices import Why

    notices.push(Why(why), conversation_ids, agent_ids)
