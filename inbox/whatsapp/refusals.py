"""What the Graph API says when it refuses a call."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from .errors import GraphError, classify
from .payloads.body import load
from .payloads.reading import decimal, elements, obj, text, whole

_LONGEST_WAIT = 24 * 3600.0
_MINUTE = 60


def refusal_from(
    status: int, headers: Mapping[str, str], document: dict[str, object]
) -> GraphError:
    error = obj(document.get("error"))
    code, subcode = whole(error.get("code")), whole(error.get("error_subcode"))
    return GraphError(
        classify(code, subcode, status),
        code=code,
        subcode=subcode,
        details=_details(error),
        fbtrace_id=text(error.get("fbtrace_id")),
        http_status=status,
        retry_after=wait_from(headers),
    )


def _details(error: dict[str, object]) -> str:
    said = (
        obj(error.get("error_data")).get("details"),
        error.get("error_user_msg"),
        error.get("message"),
    )
    return next((found for found in map(text, said) if found), "")


def wait_from(headers: Mapping[str, str], *, now: datetime | None = None) -> float | None:
    """Seconds to wait: the longer of Retry-After and what the usage header tells."""
    waits = [_retry_after(headers.get("retry-after", ""), now or datetime.now(UTC))]
    waits += _usage_waits(headers.get("x-business-use-case-usage", ""))
    sensible = [min(wait, _LONGEST_WAIT) for wait in waits if wait and wait > 0]
    return max(sensible, default=None)


def _retry_after(header: str, now: datetime) -> float | None:
    seconds = decimal(header)
    if seconds is not None or not header:
        return seconds
    try:
        moment = parsedate_to_datetime(header)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return math.ceil((moment - now).total_seconds())


def _usage_waits(header: str) -> list[float]:
    """{"<account>": [{"estimated_time_to_regain_access": <minutes>, …}]}"""
    try:
        usage = obj(load(header)) if header else {}
    except (ValueError, RecursionError):
        return []
    cases = [obj(case) for account in usage.values() for case in elements(account)]
    minutes = (decimal(case.get("estimated_time_to_regain_access")) for case in cases)
    return [minute * _MINUTE for minute in minutes if minute]
