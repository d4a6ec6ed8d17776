"""Asks PostgreSQL whether it is still there only when something hints that it may not be.

Django sends ``SELECT 1`` before the first query of every page, which costs as much as one of
the page's own. But a server that ended or was restarted has said goodbye, and the goodbye lies
in the socket for whoever looks.
"""

from __future__ import annotations

import select

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    health_check_done: bool

    def close_if_health_check_failed(self) -> None:
        if not self.health_check_done and self._is_silent():
            self.health_check_done = True
        super().close_if_health_check_failed()

    def _is_silent(self) -> bool:
        """Nothing has come since the last answer. (``poll``: there may be many files open.)"""
        if self.connection is None or self.connection.closed:
            return False
        socket = select.poll()
        socket.register(self.connection.fileno(), select.POLLIN)
        return not socket.poll(0)
