"""How a number stands with Meta, in words a person reads, for the words Meta writes.

What Meta may add is shown as Meta writes it: better a strange word than none.
"""

from __future__ import annotations

import re

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

Words = dict[str, str | Promise]

QUALITIES: Words = {
    "GREEN": pgettext_lazy("quality of a number", "high"),
    "YELLOW": pgettext_lazy("quality of a number", "medium"),
    "RED": pgettext_lazy("quality of a number", "low"),
    "UNKNOWN": pgettext_lazy("quality of a number", "not known yet"),
    "FLAGGED": pgettext_lazy("quality of a number", "low, Meta is watching it"),
    "UNFLAGGED": pgettext_lazy("quality of a number", "no longer low"),
}
NAMES: Words = {
    "APPROVED": gettext_lazy("approved"),
    "AVAILABLE_WITHOUT_REVIEW": gettext_lazy("may be used without review"),
    "PENDING_REVIEW": gettext_lazy("being reviewed"),
    "PENDING": gettext_lazy("being reviewed"),
    "DEFERRED": gettext_lazy("being reviewed, it takes longer"),
    "DECLINED": gettext_lazy("rejected"),
    "REJECTED": gettext_lazy("rejected"),
    "EXPIRED": gettext_lazy("expired"),
    "NONE": gettext_lazy("none yet"),
}
ACCOUNTS: Words = {
    "ACCOUNT_DELETED": gettext_lazy("deleted"),
    "ACCOUNT_RESTRICTION": gettext_lazy("restricted"),
    "ACCOUNT_VIOLATION": gettext_lazy("warned: it broke WhatsApp's rules"),
    "ACCOUNT_OFFBOARDED": gettext_lazy("separated from the phone's app"),
    "ACCOUNT_RECONNECTED": gettext_lazy("connected again"),
    "VERIFIED_ACCOUNT": gettext_lazy("verified"),
    "DISABLED_UPDATE": gettext_lazy("may be switched off"),
    "SCHEDULE_FOR_DISABLE": gettext_lazy("will be switched off"),
    "DISABLE": gettext_lazy("switched off"),
    "REINSTATE": gettext_lazy("allowed again"),
}
NUMBERS: Words = {
    "CONNECTED": gettext_lazy("connected"),
    "DISCONNECTED": gettext_lazy("disconnected"),
    "PENDING": gettext_lazy("not registered yet"),
    "UNVERIFIED": gettext_lazy("not verified"),
    "FLAGGED": gettext_lazy("of low quality"),
    "RESTRICTED": gettext_lazy("restricted"),
    "RATE_LIMITED": gettext_lazy("slowed down"),
    "BANNED": gettext_lazy("banned"),
    "MIGRATED": gettext_lazy("moved to another account"),
    "DELETED": gettext_lazy("deleted"),
}
SENDING: Words = {
    "AVAILABLE": gettext_lazy("possible"),
    "LIMITED": gettext_lazy("possible within limits"),
    "BLOCKED": gettext_lazy("not possible"),
}
# What Meta takes away with the account: nothing is sent or heard then, or soon.
ACCOUNT_ENDS = ("ACCOUNT_DELETED", "DISABLE", "SCHEDULE_FOR_DISABLE")
_TONES = {
    **dict.fromkeys(("GREEN", "UNFLAGGED"), "ok"),
    **dict.fromkeys(("VERIFIED_ACCOUNT", "ACCOUNT_RECONNECTED", "REINSTATE"), "ok"),
    **dict.fromkeys(("RED", "FLAGGED"), "danger"),
    **dict.fromkeys(ACCOUNT_ENDS, "danger"),
    "UNKNOWN": "plain",
}
_LIMIT = re.compile(r"(?:TIER_)?(\d{1,9})(K|M)?")
_TIMES = {"": 1, "K": 1_000, "M": 1_000_000}


def quality(word: str) -> str:
    return str(QUALITIES.get(word, word))


def name_state(word: str) -> str:
    return str(NAMES.get(word, word))


def account_state(word: str) -> str:
    return str(ACCOUNTS.get(word, word))


def number_state(word: str) -> str:
    return str(NUMBERS.get(word, word))


def sending(word: str) -> str:
    return str(SENDING.get(word, word))


def limit(word: str) -> str:
    """How many people one may write to first: ``TIER_2K``, or a number as old webhooks say."""
    if word == "TIER_UNLIMITED":
        return _("no limit")
    if word in {"TIER_NOT_SET", "NOT_SET"}:
        return _("not set yet")
    if found := _LIMIT.fullmatch(word):
        count = int(found[1]) * _TIMES[found[2] or ""]
        return _("%(count)s people a day") % {
            "count": number_format(count, force_grouping=True)
        }
    return word


def tone(word: str) -> str:
    """Which chip shows it. A word that is new to us is worth a look."""
    return _TONES.get(word, "warn")
