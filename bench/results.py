"""What was measured, what was hoped for, and both as a table."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from bench.load import Sample

MS = 1000.0


@dataclass(frozen=True, slots=True)
class Result:
    measure: str
    value: float | None  # None: the measure broke
    unit: str
    reach: float | None = None  # None: measured for comparison only
    is_rate: bool = False  # more is better
    median: float | None = None  # milliseconds, as the next two
    p95: float | None = None
    p99: float | None = None
    note: str = ""

    @property
    def is_met(self) -> bool | None:
        if self.reach is None or self.value is None:
            return None
        return self.value >= self.reach if self.is_rate else self.value <= self.reach

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "met": self.is_met}


def latency(
    measure: str, sample: Sample, reach: float | None, *, share: float = 0.5, note: str = ""
) -> Result:
    """``share`` says which percentile is held against ``reach``, in milliseconds."""
    return _result(measure, sample, _place(sample, share), "ms", reach, note)


def rate(measure: str, sample: Sample, reach: float | None, *, note: str = "") -> Result:
    return _result(measure, sample, sample.rate, "/s", reach, note)


def _result(
    measure: str,
    sample: Sample,
    value: float | None,
    unit: str,
    reach: float | None,
    note: str,
) -> Result:
    return Result(
        measure,
        value,
        unit,
        reach,
        is_rate=unit == "/s",
        median=_place(sample, 0.5),
        p95=_place(sample, 0.95),
        p99=_place(sample, 0.99),
        note=_with_wrong(note, sample),
    )


def _place(sample: Sample, share: float) -> float | None:
    """Milliseconds; None when nothing was measured."""
    return sample.percentile(share) * MS if sample.seconds else None


def _with_wrong(note: str, sample: Sample) -> str:
    """Answers that were no answers make a measure worthless, so it says so."""
    wrong = ", ".join(f"{count} × STATUS {status}" for status, count in sample.wrong.items())
    return "; ".join(part for part in (note, wrong) if part)


def table(results: list[Result]) -> str:
    width = max(len(result.measure) for result in results)
    head = ["measure".ljust(width), "value".rjust(12), "reach".rjust(10), "   "]
    head += [place.rjust(9) for place in ("median ms", "95th", "99th")]
    return "\n".join(["  ".join(head), *(_line(result, width) for result in results)])


def _line(result: Result, width: int) -> str:
    met = {True: "yes", False: "NO ", None: "   "}[result.is_met]
    cells = [
        result.measure.ljust(width),
        f"{number(result.value)} {result.unit}".rjust(12),
        (number(result.reach) if result.reach is not None else "").rjust(10),
        met,
        *(number(place).rjust(9) for place in (result.median, result.p95, result.p99)),
        result.note,
    ]
    return "  ".join(cells).rstrip()


def number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if value >= 100 else f"{value:.2f}" if value < 10 else f"{value:.1f}"


def broken(measure: str, trouble: Exception) -> Result:
    return Result(
        f"{measure}: BROKE", None, "", note=f"{type(trouble).__name__}: {trouble}"[:200]
    )
