"""Amounts of money as integer minor units, and how people read them."""

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
    """Take a rate of an amount, rounded half up to whole minor units: the shop's only rounding rule."""
    exact = Decimal(cents) * parts_per_million / 1_000_000
    return int(exact.to_integral_value(rounding=ROUND_HALF_UP))
