"""Amounts of money as integer minor units, how people read them, and the shop's rounding rule.

The rule: a rate of a sum (a tax, a discount in percent) is taken once, of the whole sum, and rounded half up
(`share_of`). What is rounded is never worked out again for its parts: they get shares of it by the largest
remainder, which add up to it (`share_out`). What some units of a line are worth is the difference of two
values rounded half up, so that all units together are worth the whole line (`units_worth`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

SYMBOLS = {"USD": "$"}
ZERO_DECIMAL = frozenset({"JPY", "KRW"})


@dataclass(frozen=True, order=True)
class Money:
    """An amount in the minor unit of its currency (cents for USD)."""

    cents: int
    currency: str

    def __str__(self) -> str:
        return format_money(self.cents, self.currency)

    @property
    def decimal(self) -> str:
        """The amount as programs read it, without currency: `12.50`."""
        if self.currency in ZERO_DECIMAL:
            return str(self.cents)
        return f"{Decimal(self.cents) / 100:.2f}"


def format_money(cents: int, currency: str) -> str:
    """Write an amount of minor units as people read it: `$12.50`."""
    symbol = SYMBOLS.get(currency, f"{currency} ")
    sign = "-" if cents < 0 else ""
    if currency in ZERO_DECIMAL:
        return f"{sign}{symbol}{abs(cents):,}"
    whole, minor = divmod(abs(cents), 100)
    return f"{sign}{symbol}{whole:,}.{minor:02d}"


def parse_cents(text: str) -> int:
    """Read a decimal price such as `12.50` as minor units; raises ValueError when it is not one."""
    try:
        amount = Decimal(text)
    except ArithmeticError as error:
        raise ValueError(f"{text!r} is not an amount of money") from error
    cents = amount * 100
    if not cents.is_finite() or cents != cents.to_integral_value():
        raise ValueError(f"{text!r} is not an amount of money with at most two decimals")
    return int(cents)


def share_of(cents: int, parts_per_million: int) -> int:
    """Take a rate of an amount, rounded half up to whole minor units."""
    exact = Decimal(cents) * parts_per_million / 1_000_000
    return int(exact.to_integral_value(rounding=ROUND_HALF_UP))


def share_out(cents: int, weights: Sequence[int]) -> list[int]:
    """Divide an amount by weights into shares that add up to it, by the largest remainder.

    Of equal remainders the earlier gets the cent; no weight, no share. Raises ValueError for an amount or a
    weight below zero, and for an amount that no weight is there to take.
    """
    whole = sum(weights)
    if cents < 0 or any(weight < 0 for weight in weights):
        raise ValueError("an amount below zero cannot be shared out")
    if cents == 0:
        return [0] * len(weights)
    if whole == 0:
        raise ValueError("there is nothing that an amount could be shared out to")
    shares = [cents * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda at: -(cents * weights[at] % whole))
    for at in by_remainder[: cents - sum(shares)]:
        shares[at] += 1
    return shares


def units_worth(total_cents: int, units: int, *, of: int, after: int) -> int:
    """Return what some units of a line are worth, after others of the same line went before.

    However the units are taken, one by one or together, all of them are worth exactly `total_cents`. Raises
    ValueError for an amount below zero and for more units than there are.
    """
    if total_cents < 0:
        raise ValueError("a line cannot be worth less than zero")
    if of <= 0 or units < 0 or after < 0 or after + units > of:
        raise ValueError(f"there are not {units} units after {after} of {of}")
    return _first_units(total_cents, after + units, of) - _first_units(total_cents, after, of)


def _first_units(total_cents: int, units: int, of: int) -> int:
    # Half up in whole numbers.
    return (2 * total_cents * units + of) // (2 * of)
