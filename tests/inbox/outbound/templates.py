"""Templates as Meta would have approved them."""

from __future__ import annotations

from typing import Any

from inbox.models import Channel, Template

GREETING = [{"type": "BODY", "text": "Hello! We have news about your order."}]


def body(text: str, *examples: str) -> dict[str, Any]:
    return {"type": "BODY", "text": text, "example": {"body_text": [list(examples)]}}


def make_template(
    channel: Channel, *parts: dict[str, Any], category: str = "UTILITY", **fields: Any
) -> Template:
    defaults = {
        "waba_id": channel.waba_id,
        "meta_id": "1689556908129832",
        "name": "order_news",
        "language": "en",
        "status": "APPROVED",
        "category": category,
        "components": list(parts) or GREETING,
    }
    return Template.objects.create(**(defaults | fields))
