"""The smallest amount that the payment page takes; Stripe refuses less."""

from app.money import Money

# In minor units, as Stripe lists them for each currency.
SMALLEST = {
    "AUD": 50, "CAD": 50, "CHF": 50, "DKK": 250, "EUR": 50, "GBP": 30, "JPY": 50, "NOK": 300, "NZD": 50,
    "SEK": 300, "USD": 50,
}  # fmt: skip
OTHERWISE = 50


def smallest_charge(currency: str) -> Money:
    """Return the smallest amount that can be charged in a currency."""
    return Money(SMALLEST.get(currency, OTHERWISE), currency)


def is_too_small(total: Money) -> bool:
    """Whether an amount can neither be charged nor is nothing."""
    return 0 < total.cents < smallest_charge(total.currency).cents
