"""What admins set: which texts a number sends by itself, and their words."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from inbox import events
from inbox.actions import number_events
from inbox.automatic.rules import Kind
from inbox.models import Agent, AutomaticText, AutomaticVariant, Channel

# Language and form of address ("" is any) → text. An empty one is no variant.
Words = Mapping[tuple[str, str], str]


@transaction.atomic
def change(
    channel: Channel,
    kind: Kind,
    *,
    is_on: bool,
    words: Words,
    by: Agent | None,
    after: int = 0,
    link: str = "",
    is_new_version: bool = False,
) -> AutomaticText:
    """``is_new_version``: of a privacy notice; those who know the old one are told again."""
    # Of two admins at once the second waits, or each would miss what the other switched.
    Channel.objects.select_for_update(no_key=True).get(pk=channel.pk)
    text, _made = AutomaticText.objects.get_or_create(channel=channel, kind=kind.value)
    text.is_on, text.after, text.link = is_on, after, link
    text.version += is_new_version
    text.save(update_fields=["is_on", "after", "link", "version"])
    _set_words(text, words)
    switched = AutomaticText.objects.filter(channel=channel, is_on=True).exists()
    Channel.objects.filter(pk=channel.pk).update(answers_automatically=switched)
    channel.answers_automatically = switched
    number_events.record_by_agent(channel, "automatic_text_changed", by)
    events.publish(events.ChannelChanged(channel.pk))
    return text


def _set_words(text: AutomaticText, words: Words) -> None:
    text.variants.all().delete()
    AutomaticVariant.objects.bulk_create(
        AutomaticVariant(text=text, language=language, form=form, body=body.strip())
        for (language, form), body in words.items()
        if body.strip()
    )
