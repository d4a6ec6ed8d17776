"""What is raised when a call to the Graph API did not succeed."""

from __future__ import annotations

from .table import MAINTENANCE, ErrorClass


class GraphError(Exception):
    """A call that did not succeed. Its text is safe for logs; `details` is for people."""

    def __init__(
        self,
        kind: ErrorClass,
        code: int | None = None,
        subcode: int | None = None,
        details: str = "",
        fbtrace_id: str = "",
        http_status: int = 0,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(kind, code, subcode, details, fbtrace_id, http_status, retry_after)
        self.kind = kind
        self.code = code
        self.subcode = subcode
        self.details = details
        self.fbtrace_id = fbtrace_id
        self.http_status = http_status
        """0: there was no answer at all."""
        self.retry_after = retry_after
        """Seconds that Meta asks us to wait."""

    def __str__(self) -> str:
        return (
            f"{self.kind.name} code={self.code} subcode={self.subcode}"
            f" http={self.http_status} fbtrace={self.fbtrace_id}"
        )

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self}>"

    def __reduce__(self) -> tuple[type[GraphError], tuple[object, ...]]:
        return type(self), self.args

    @property
    def may_be_repeated(self) -> bool:
        """Without a person's word: it surely did not go out."""
        return self.kind is ErrorClass.RETRY_SAFE or self.code in MAINTENANCE


class NoConnection(GraphError):
    """Nothing was written: refused, no name, no TLS. Surely not sent."""


class NoAnswer(GraphError):
    """The request left and no readable answer came. May have been sent."""
