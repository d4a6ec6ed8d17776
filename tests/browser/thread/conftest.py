"""The same desk as that of the shell, one of its own."""

from __future__ import annotations

from tests.browser.shell.conftest import desk, open_page, signed_in

__all__ = ["desk", "open_page", "signed_in"]
