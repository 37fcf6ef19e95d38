"""Lines that a test says at the end of the run, whichever process it ran in."""

from collections import defaultdict
from collections.abc import Iterator

import pytest

LINE = "said"
COUNT = "counted"


def say(node: pytest.Item, line: str) -> None:
    """Say a line at the end of the run."""
    node.user_properties.append((LINE, line))


def count(node: pytest.Item, name: str, **numbers: int) -> None:
    """Add numbers to those of all tests that count under one name."""
    node.user_properties.append((COUNT, (name, numbers)))


def lines(reporter: pytest.TerminalReporter) -> Iterator[str]:
    """Return what was said, then the sums of what was counted."""
    sums: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for reports in reporter.stats.values():
        for report in reports:
            if getattr(report, "when", "") != "teardown":
                continue
            for kind, said in report.user_properties:
                if kind == LINE:
                    yield str(said)
                elif kind == COUNT:
                    for word, number in said[1].items():
                        sums[said[0]][word] += number
    for name, numbers in sorted(sums.items()):
        yield f"{name}: " + ", ".join(f"{number} {word}" for word, number in numbers.items()) + "."
