"""What Meta says about a number: its token, its state, its account, its webhooks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from inbox import graph, number_words
from inbox.actions.channels.connecting import remember
from inbox.actions.channels.findings import Finding, refused
from inbox.models import Channel
from inbox.whatsapp import GraphError, NumberRecord, TokenInfo

WEBHOOK_PATH = "/webhooks/whatsapp/"
SCOPES = ("whatsapp_business_messaging", "whatsapp_business_management")
EXPIRY_NOTICE = timedelta(days=14)


def token(channel: Channel, now: datetime) -> Iterator[Finding]:
    try:
        info = graph.client_of(channel).debug_token(graph.token_of(channel))
    except GraphError as exc:
        yield refused(_("The access token could not be examined."), exc)
        return
    if not info.is_valid:
        hint = _("Make a new one for the system user, and set it here.")
        yield Finding(False, _("The access token is not valid."), hint)
        return
    yield Finding(True, _("The access token is valid."))
    yield from _rights(channel, info)
    yield from _expiry(info, now)


def _rights(channel: Channel, info: TokenInfo) -> Iterator[Finding]:
    if missing := [scope for scope in SCOPES if scope not in info.scopes]:
        what = _("The token lacks a permission: %(scopes)s") % {"scopes": ", ".join(missing)}
        yield Finding(False, what, _("Tick it when you make the token."))
    if info.target_ids and channel.waba_id not in info.target_ids:
        yield Finding(
            False,
            _("The token is not for this WhatsApp Business Account."),
            _("Give the system user access to the account, and make a new token."),
        )


def _expiry(info: TokenInfo, now: datetime) -> Iterator[Finding]:
    ends = [end for end in (info.expires_at, info.data_access_expires_at) if end]
    if not ends:
        return
    soonest = min(ends)
    yield Finding(
        None if soonest - now > timedelta(0) else False,
        _("The token runs out on %(day)s.") % {"day": date_format(soonest)},
        _("Use the token of a system user, which does not run out."),
    )


def number(channel: Channel, now: datetime) -> Iterator[Finding]:
    try:
        record = graph.client_of(channel).phone_number(
            channel.phone_number_id, token=graph.token_of(channel)
        )
    except GraphError as exc:
        yield refused(_("Meta does not tell us about this number."), exc)
        return
    remember(channel, record)
    yield from _state(record)
    yield from _health(record)
    yield from _addresses(record)


def _state(record: NumberRecord) -> Iterator[Finding]:
    what = _("%(number)s, “%(name)s”") % {
        "number": record.display_phone_number,
        "name": record.verified_name,
    }
    yield Finding(True, what)
    if record.status not in {"", "CONNECTED"}:
        hint = _("Register the number in the WhatsApp Manager.")
        what = _("The number is not connected: %(status)s")
        yield Finding(
            False, what % {"status": _both(number_words.number_state, record.status)}, hint
        )
    if record.name_status in {"DECLINED", "EXPIRED", "NONE"}:
        what = _("The display name is not approved: %(status)s")
        status = _both(number_words.name_state, record.name_status)
        yield Finding(False, what % {"status": status})
    if record.quality_rating in {"RED", "YELLOW"}:
        quality = _both(number_words.quality, record.quality_rating)
        what = _("Quality of the number: %(quality)s") % {"quality": quality}
        hint = _("People block or report its messages. Write only to who expects it.")
        yield Finding(False if record.quality_rating == "RED" else None, what, hint)


def _both(said: Callable[[str], str], word: str) -> str:
    """In words, and Meta's own word to look for in its pages."""
    return said(word) if said(word) == word else f"{said(word)} ({word})"


def _health(record: NumberRecord) -> Iterator[Finding]:
    if record.can_send in {"", "AVAILABLE"}:
        yield Finding(True, _("The number can send."))
        return
    what = _("Sending: %(state)s") % {"state": _both(number_words.sending, record.can_send)}
    ok = False if record.can_send == "BLOCKED" else None
    yield Finding(ok, what, " ".join(record.health_problems))


def _addresses(record: NumberRecord) -> Iterator[Finding]:
    """An override nearer to the number wins over one farther away."""
    ours = settings.PUBLIC_URL + WEBHOOK_PATH
    known = dict(record.webhooks)
    levels = ("phone_number", "whatsapp_business_account", "application")
    used = next((known[level] for level in levels if known.get(level)), "")
    if not used:
        return  # Meta does not always say
    if used == ours:
        yield Finding(True, _("Webhooks go to %(address)s") % {"address": used})
    else:
        what = _("Webhooks go elsewhere: %(address)s") % {"address": used}
        hint = _("Our address is %(address)s") % {"address": ours}
        yield Finding(False, what, hint)


def account(channel: Channel, now: datetime) -> Iterator[Finding]:
    client, key = graph.client_of(channel), graph.token_of(channel)
    try:
        record = client.account(channel.waba_id, token=key)
        numbers = client.phone_numbers(channel.waba_id, token=key)
    except GraphError as exc:
        yield refused(_("Meta does not tell us about the account."), exc)
        return
    if channel.phone_number_id not in {number.phone_number_id for number in numbers}:
        hint = _("Compare both ids with WhatsApp → API set-up.")
        yield Finding(False, _("The number does not belong to this account."), hint)
    if record.can_send not in {"", "AVAILABLE"}:
        what = _("The account: %(state)s") % {
            "state": _both(number_words.sending, record.can_send)
        }
        ok = False if record.can_send == "BLOCKED" else None
        yield Finding(ok, what, " ".join(record.health_problems))


def subscription(channel: Channel, now: datetime) -> Iterator[Finding]:
    try:
        apps = graph.client_of(channel).subscribed_apps(
            channel.waba_id, token=graph.token_of(channel)
        )
    except GraphError as exc:
        yield refused(_("Meta does not tell us who gets the webhooks."), exc)
        return
    if any(channel.app_id in {"", app.app_id} for app in apps):
        yield Finding(True, _("Our app is subscribed to the account."))
    else:
        yield Finding(
            False,
            _("No webhooks: our app is not subscribed to the account."),
            _("Connect the number once more, or subscribe the app at Meta."),
        )
