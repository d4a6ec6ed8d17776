"""The door webhooks come in by: raw ASGI in front of Django, in the same process.

Signature over the raw bytes, one row per post, 200 only after commit. Posts that arrive
together share one INSERT and one commit. A bare door, because here every microsecond is paid
thousands of times a second; what the bytes mean is the drainer's business.
"""

from __future__ import annotations

from inbox.door.receiver import application

PATH = "/webhooks/whatsapp/"

__all__ = ["PATH", "application"]
