"""Measures how many checkouts the shop takes per second, and how soon it knows that an order is paid."""

import argparse
import csv
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from dev.bench.figures import Figures, percentile, show, write
from dev.bench.shops import DATABASES, ROOT, ShopDidNotStart, open_shop
from dev.bench.visitor import BenchError, Visitor

# More than any SKU is asked for here.
ENOUGH = 20
Thing = TypeVar("Thing")
Result = TypeVar("Result")


def main() -> int:
    """Measure every database and tell."""
    options = _options()
    try:
        figures = [_measure(database, options) for database in options.database or DATABASES]
    except (ShopDidNotStart, BenchError) as error:
        print(f"Not measured: {error}", file=sys.stderr)
        return 1
    show(figures)
    settings = {"checkouts": options.checkouts, "at_once": options.at_once, "payers": options.payers}
    print(f"\nWritten to {write(figures, ROOT / 'var' / 'bench', settings).relative_to(ROOT)}")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m dev.bench", description=__doc__)
    parser.add_argument("--database", choices=DATABASES, action="append", help="only this one")
    parser.add_argument("--checkouts", type=int, default=150, help="how many orders are placed and paid")
    parser.add_argument("--at-once", type=int, default=8, help="how many people check out at a time")
    parser.add_argument("--payers", type=int, default=2, help="how many people pay at a time")
    return parser.parse_args()


def _measure(database: str, options: argparse.Namespace) -> Figures:
    print(f"Measuring on {database} …", flush=True)
    with open_shop(database) as shop:
        skus = _skus_in_stock()
        visitors = [Visitor(shop) for _ in range(options.checkouts)]
        wanted = [(visitor, skus[number % len(skus)]) for number, visitor in enumerate(visitors)]
        _together(wanted, lambda each: each[0].fill_cart(each[1]), options.at_once)
        start = time.perf_counter()
        checkouts = _together(visitors, Visitor.check_out, options.at_once)
        seconds = time.perf_counter() - start
        payments = _together(visitors, Visitor.pay, options.payers)
    return Figures(
        database=database,
        checkouts=len(checkouts),
        checkouts_per_second=round(len(checkouts) / seconds, 1),
        checkout_p50_ms=percentile(checkouts, 50),
        checkout_p95_ms=percentile(checkouts, 95),
        payments=len(payments),
        paid_p50_ms=percentile(payments, 50),
        paid_p95_ms=percentile(payments, 95),
    )


def _together(things: Sequence[Thing], act: Callable[[Thing], Result], at_once: int) -> list[Result]:
    with ThreadPoolExecutor(at_once) as pool:
        return list(pool.map(act, things))


def _skus_in_stock() -> list[str]:
    with (ROOT / "seed_data" / "variants.csv").open(encoding="utf-8", newline="") as file:
        return [row["sku"] for row in csv.DictReader(file) if int(row["seed_stock"]) >= ENOUGH]


if __name__ == "__main__":
    sys.exit(main())
