"""What was measured, where, as a table for people and as JSON for programs."""

import json
import os
import platform
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path


@dataclass(frozen=True)
class Figures:
    """One database's figures; times in milliseconds."""

    database: str
    checkouts: int
    checkouts_per_second: float
    checkout_p50_ms: float
    checkout_p95_ms: float
    payments: int
    paid_p50_ms: float
    paid_p95_ms: float


def percentile(seconds: Sequence[float], percent: int) -> float:
    """Return the time within which so many percent were done, in milliseconds."""
    return round(statistics.quantiles(seconds, n=100, method="inclusive")[percent - 1] * 1000, 1)


def machine() -> dict[str, str | int]:
    """Name the machine: figures of another one cannot be compared."""
    return {
        "cores": os.cpu_count() or 0,
        "processor": _processor(),
        "system": platform.system(),
        "python": platform.python_version(),
    }


def show(figures: Sequence[Figures]) -> None:
    """Print the table."""
    where = machine()
    print(f"\n{where['cores']} cores ({where['processor']}), Python {where['python']}\n")
    print(f"{'':<12} {'checkouts':>10} {'one checkout, ms':>18} {'card to paid, ms':>18}")
    print(f"{'database':<12} {'per second':>10} {'p50':>9}{'p95':>9} {'p50':>9}{'p95':>9}")
    for each in figures:
        print(
            f"{each.database:<12} {each.checkouts_per_second:>10.1f} "
            f"{each.checkout_p50_ms:>9.0f}{each.checkout_p95_ms:>9.0f} "
            f"{each.paid_p50_ms:>9.0f}{each.paid_p95_ms:>9.0f}"
        )


def write(figures: Sequence[Figures], folder: Path, settings: dict[str, int]) -> Path:
    """Write everything as JSON; returns the file."""
    folder.mkdir(parents=True, exist_ok=True)
    now = datetime.now(UTC)
    file = folder / f"checkout-{now:%Y%m%dT%H%M%SZ}.json"
    report = {
        "measured_at": now.isoformat(timespec="seconds"),
        "machine": machine(),
        "settings": settings,
        "figures": [asdict(each) for each in figures],
    }
    file.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    return file


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()
