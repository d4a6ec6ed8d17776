"""How fast the desk is, and how much memory it takes: prints a table and writes JSON."""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench import stores
from bench.house import leave_nothing_running
from bench.results import Result, table
from bench.stores import ROOT, Size

MEASURES = (
    "limits", "start", "memory", "screens", "growth", "intake", "applying", "sustained",
    "reply", "live", "memory-after",
)  # fmt: skip
ENGINES = {"postgres": ["postgres"], "sqlite": ["sqlite"], "both": ["postgres", "sqlite"]}
FULL, QUICK = Size(100_000, 1_000_000), Size(10_000, 100_000)
SMALL, QUICK_SMALL = Size(1_000, 10_000), Size(1_000, 10_000)
GROWTH = 1.5  # times at most


def main() -> None:
    options = _options()
    leave_nothing_running()
    report = {"at": f"{datetime.now(UTC):%Y-%m-%d %H:%M}", **_circumstances(options)}
    report["engines"] = {
        engine: _measure(engine, options) for engine in ENGINES[options.engine]
    }
    for engine, found in report["engines"].items():
        print(f"\n{engine}: {found['database']}\n{table(_results(found))}")
    print(f"\nWritten to {_write(report)}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--engine", choices=ENGINES, default="both")
    parser.add_argument("--conversations", type=int)
    parser.add_argument("--messages", type=int)
    parser.add_argument("--only", nargs="+", choices=MEASURES, default=MEASURES)
    parser.add_argument("--quick", action="store_true", help="a tenth of the rows")
    parser.add_argument("--keep", action="store_true", help="seed once, reuse it")
    return parser.parse_args()


def _measure(engine: str, options: argparse.Namespace) -> dict[str, Any]:
    size = _size(options)
    wanted = [name for name in options.only if name != "growth"]
    has_growth = "growth" in options.only
    if has_growth and "screens" not in wanted:
        wanted.append("screens")
    found = _on(engine, size, wanted, options)
    if has_growth:
        small = _on(engine, SMALL, ["growth"], options)
        found["results"] += [r.as_json() for r in _growth(_results(small), _results(found))]
    return found


def _size(options: argparse.Namespace) -> Size:
    usual = QUICK if options.quick else FULL
    return Size(
        options.conversations or usual.conversations, options.messages or usual.messages
    )


def _on(
    engine: str, size: Size, measures: list[str], options: argparse.Namespace
) -> dict[str, Any]:
    with (
        stores.house(engine, size, keep=options.keep) as environment,
        tempfile.NamedTemporaryFile(suffix=".json") as report,
    ):
        print(f"Measuring on {engine} with {size.messages:,} messages ...", flush=True)
        order = {"measures": measures, "quick": options.quick, "report": report.name}
        _run_to_the_end(["bench.one_engine", json.dumps(order)], os.environ | environment)
        found: dict[str, Any] = json.loads(Path(report.name).read_text())
        return found


def _run_to_the_end(module: list[str], environment: dict[str, str]) -> None:
    """When we are stopped, it gets the time to stop its own processes."""
    process = subprocess.Popen(
        [sys.executable, "-m", *module], cwd=ROOT, env=environment, start_new_session=True
    )
    try:
        if process.wait():
            raise SystemExit(f"{module[0]} ended with {process.returncode}")
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait()


def _growth(small: list[Result], large: list[Result]) -> Iterator[Result]:
    """Each screen's median here against that on the small desk."""
    medians = {result.measure: result.median for result in large}
    for before in small:
        now = medians.get(before.measure)
        if now and before.median:
            yield Result(f"growth: {before.measure}", now / before.median, "×", GROWTH)


def _results(found: dict[str, Any]) -> list[Result]:
    return [
        Result(**{name: value for name, value in result.items() if name != "met"})
        for result in found["results"]
    ]


def _circumstances(options: argparse.Namespace) -> dict[str, Any]:
    return {
        "commit": _git("rev-parse", "--short", "HEAD"),
        "is_clean": not _git("status", "--porcelain"),
        "size": str(_size(options)),
        "quick": options.quick,
        "machine": {
            "processor": _processor(),
            "cores": os.cpu_count(),
            "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9),
            "system": platform.platform(),
            "python": platform.python_version(),
            "load_before": os.getloadavg()[0],
        },
    }


def _git(*arguments: str) -> str:
    done = subprocess.run(
        ["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return done.stdout.strip()


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor()


def _write(report: dict[str, Any]) -> Path:
    folder = ROOT / "var" / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{report['at'][:10]}-{report['commit'] or 'unknown'}.json"
    path.write_text(json.dumps(report, indent=2, ensure_ascii=False))
    return path


if __name__ == "__main__":
    main()
