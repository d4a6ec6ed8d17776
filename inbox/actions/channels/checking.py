"""What is wrong with a number, and what to do about it. Asks Meta; changes nothing there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from inbox import graph
from inbox.actions.channels import asking
from inbox.actions.channels.findings import Finding
from inbox.models import Channel, Template
from inbox.whatsapp import ErrorClass
from inbox.whatsapp import sentence_for as sentence_for_error

SILENCE = timedelta(days=3)
VERSION_NOTICE = timedelta(days=120)


def check(channel: Channel, *, now: datetime | None = None) -> list[Finding]:
    """Everything that can be found out, ours first and then Meta's."""
    moment = now or timezone.now()
    return [finding for look in _LOOKS for finding in look(channel, moment)]


def _encryption(channel: Channel, now: datetime) -> Iterator[Finding]:
    if settings.DEVELOPMENT_ENCRYPTION_KEY in settings.ENCRYPTION_KEYS:
        yield Finding(
            None,
            _("Secrets are encrypted with the key for development."),
            _("Set ENCRYPTION_KEYS to a key of your own before real customers write."),
        )


def _secrets(channel: Channel, now: datetime) -> Iterator[Finding]:
    count = channel.app_secrets.count()
    if count:
        yield Finding(True, _("App secrets that sign webhooks: %(count)s") % {"count": count})
    else:
        yield Finding(
            False,
            _("No app secret: every webhook is refused."),
            _("Copy it from Meta's App settings → Basic and add it here."),
        )
    if channel.verify_token:
        yield Finding(True, _("A verify token is set."))
    else:
        yield Finding(
            False,
            _("No verify token: Meta cannot confirm the webhook address."),
            _("Choose any words, and enter the same ones at Meta."),
        )


def _circuit(channel: Channel, now: datetime) -> Iterator[Finding]:
    if channel.circuit_opened_at:
        known = channel.circuit_reason in set(ErrorClass)
        reason = ErrorClass(channel.circuit_reason) if known else ErrorClass.UNKNOWN
        yield Finding(
            False,
            _("Sending is stopped; answers wait in the queue."),
            str(sentence_for_error(reason, channel.circuit_code)),
        )


def _graph_version(channel: Channel, now: datetime) -> Iterator[Finding]:
    version = graph.version_of(channel)
    ends = graph.VERSION_ENDS.get(version)
    if ends is None:
        return
    left = ends - now.date()
    what = _("Graph API %(version)s works until %(end)s.") % {
        "version": version,
        "end": date_format(ends),
    }
    if left > VERSION_NOTICE:
        yield Finding(True, what)
    else:
        hint = _("Raise GRAPH_VERSION, and the webhook version in Meta's app dashboard.")
        yield Finding(None if left > timedelta(0) else False, what, hint)


def _webhooks_heard(channel: Channel, now: datetime) -> Iterator[Finding]:
    heard = channel.webhook_heard_at
    if heard is None:
        yield Finding(
            False,
            _("No webhook has ever come for this number."),
            _("Set the webhook address at Meta, subscribe to “messages”, and write once."),
        )
    else:
        when = date_format(timezone.localtime(heard), "SHORT_DATETIME_FORMAT")
        what = _("Last webhook: %(when)s") % {"when": when}
        yield Finding(True if now - heard < SILENCE else None, what)


def _templates(channel: Channel, now: datetime) -> Iterator[Finding]:
    ours = Template.objects.filter(waba_id=channel.waba_id, gone_at=None)
    usable = ours.filter(status=Template.Status.APPROVED).count()
    what = _("Approved templates: %(count)s") % {"count": usable}
    hint = _("Without one, nobody can be reached a day after they last wrote.")
    yield Finding(True, what) if usable else Finding(None, what, hint)


_LOOKS: tuple[Callable[[Channel, datetime], Iterator[Finding]], ...] = (
    _encryption,
    _secrets,
    _circuit,
    _graph_version,
    asking.token,
    asking.number,
    asking.account,
    asking.subscription,
    _webhooks_heard,
    _templates,
)
