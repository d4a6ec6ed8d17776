"""What a delivered message costs, as marked in statuses since October 2026."""

from __future__ import annotations

import time

from simulator.accounts import Number
from simulator.shapes import Json

WINDOW = 24 * 3600
FREE_ENTRY = 72 * 3600


def price(
    number: Number, category: str, *, now: float, entered_at: float, allowance: int
) -> Json:
    """Service messages: so many free per number and month, then billed like the others."""
    if entered_at and now < entered_at + FREE_ENTRY:
        return _pricing("free_entry_point", "referral_conversion", billable=False)
    if category != "service":
        return _pricing("regular", category, billable=True)
    month = time.strftime("%Y-%m", time.gmtime(now))
    number.delivered_service[month] = number.delivered_service.get(month, 0) + 1
    if number.delivered_service[month] <= allowance:
        return _pricing("free_customer_service", "service", billable=False)
    return _pricing("regular", "service", billable=True)


def _pricing(kind: str, category: str, *, billable: bool) -> Json:
    return {"billable": billable, "pricing_model": "PMP", "type": kind, "category": category}
