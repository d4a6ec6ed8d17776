"""Where a request really comes from. Only our own proxies are believed."""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str | None:
    """The address in front of our outermost proxy (``TRUSTED_PROXIES``), else the peer's.

    Each proxy appends whom it heard, so only the last entries of X-Forwarded-For are ours;
    whatever stands before them the client may have written itself.
    """
    peer = _read(request.META.get("REMOTE_ADDR", ""))
    hops = settings.TRUSTED_PROXIES
    if not hops:
        return peer
    heard = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    return (_read(heard[-hops]) if len(heard) >= hops else None) or peer


def _read(text: str) -> str | None:
    try:
        return str(ipaddress.ip_address(text.strip()))
    except ValueError:
        return None
