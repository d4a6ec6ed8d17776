"""An agent without a browser: signs in and answers over HTTP, as the pages do."""

from __future__ import annotations

from types import TracebackType
from uuid import UUID

import httpx

from tests.desk import Desk
from tests.factories import PASSWORD


class AgentAtWork:
    """Keeps cookies like a browser; every POST carries the CSRF token."""

    def __init__(self, desk: Desk, name: str) -> None:
        self.http = httpx.Client(base_url=desk.url, timeout=10, follow_redirects=False)
        self.http.get("/login/").raise_for_status()
        answer = self.post("/login/", username=f"{name.lower()}@example.org", password=PASSWORD)
        if answer.status_code != 302:
            raise AssertionError(f"{name} could not sign in: {answer.status_code}")

    def __enter__(self) -> AgentAtWork:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.http.close()

    def post(self, path: str, **data: object) -> httpx.Response:
        token = self.http.cookies.get("csrftoken") or ""
        return self.http.post(
            path,
            data={key: str(value) for key, value in data.items()},
            headers={"X-CSRFToken": token, "HX-Request": "true"},
        )

    def reply(self, conversation: str, body: str, draft_key: UUID) -> httpx.Response:
        """Follows to the conversation, as a browser does: success means it is shown."""
        path = f"/conversations/{conversation}/reply/"
        answer = self.post(path, body=body, draft_key=draft_key)
        return self.http.send(answer.next_request) if answer.next_request else answer
