"""Puts the Graph API under every version prefix, and beside it the media host."""

from __future__ import annotations

from starlette.routing import Route

from simulator.graph import (
    accounts,
    blocks,
    media,
    messages,
    numbers,
    qr_codes,
    templates,
    uploads,
)
from simulator.graph.door import enter

# Importing them registered their edges.
PARTS = (accounts, blocks, media, messages, numbers, qr_codes, templates, uploads)

_METHODS = ["GET", "POST", "DELETE"]


def versioned() -> list[Route]:
    """Asked most often, so these stand before everything else."""
    return [Route("/v{major:int}.{minor:int}/{path:path}", enter, methods=_METHODS)]


def routes() -> list[Route]:
    """These catch whatever nobody else wanted, so they stand last."""
    return [
        Route("/whatsapp_business/attachments/", media.download, methods=["GET"]),
        Route("/{path:path}", enter, methods=_METHODS),
    ]
