"""Currencies: which exist, how small and large a payment may be, and how an amount is written."""

from typing import Final

from .errors import invalid

MINIMUM: Final = {
    "usd": 50, "aed": 200, "aud": 50, "bgn": 100, "brl": 50, "cad": 50, "chf": 50, "czk": 1500, "dkk": 250,
    "eur": 50, "gbp": 30, "hkd": 400, "huf": 17500, "inr": 50, "jpy": 50, "mxn": 1000, "myr": 200, "nok": 300,
    "nzd": 50, "pln": 200, "ron": 200, "sek": 300, "sgd": 50, "thb": 1000,
}  # fmt: skip
MAXIMUM: Final = 99_999_999
ZERO_DECIMAL: Final = frozenset(
    {
        "bif",
        "clp",
        "djf",
        "gnf",
        "jpy",
        "kmf",
        "krw",
        "mga",
        "pyg",
        "rwf",
        "ugx",
        "vnd",
        "vuv",
        "xaf",
        "xof",
        "xpf",
    }
)
THREE_DECIMAL: Final = frozenset({"bhd", "jod", "kwd", "omr", "tnd"})
OTHERS: Final = frozenset(
    {
        "ars",
        "bdt",
        "cop",
        "cny",
        "egp",
        "idr",
        "ils",
        "kes",
        "mad",
        "ngn",
        "pen",
        "php",
        "pkr",
        "sar",
        "try",
        "twd",
        "uah",
        "uyu",
        "zar",
    }
)
SUPPORTED: Final = frozenset(MINIMUM) | ZERO_DECIMAL | THREE_DECIMAL | OTHERS
SYMBOL: Final = {"usd": "$", "eur": "€", "gbp": "£", "cad": "CA$", "aud": "A$", "nzd": "NZ$", "jpy": "¥"}
BANK_DEBIT: Final = {
    "usd": "us_bank_account",
    "eur": "sepa_debit",
    "gbp": "bacs_debit",
    "cad": "acss_debit",
    "aud": "au_becs_debit",
}


def read_currency(text: str, param: str) -> str:
    """Return the currency code in lower case; raises ApiError when it is not known."""
    code = text.lower()
    if code not in SUPPORTED:
        raise invalid(f"Invalid currency: {text}.", param)
    return code


def check_total(total: int, currency: str) -> None:
    """Refuse a total too small or too large to be charged; zero is a free order and passes."""
    if 0 < total < MINIMUM.get(currency, 1):
        least = format_amount(MINIMUM[currency], currency)
        message = f"The Checkout Session's total amount due must add up to at least {least} {currency}"
        raise invalid(message, None, "amount_too_small")
    if total > MAXIMUM:
        most = format_amount(MAXIMUM, currency)
        raise invalid(
            f"The Checkout Session's total must not exceed {most} {currency}", None, "amount_too_large"
        )


def decimals(currency: str) -> int:
    """Return how many digits of an amount in minor units stand behind the decimal point."""
    return 0 if currency in ZERO_DECIMAL else 3 if currency in THREE_DECIMAL else 2


def format_amount(amount: int, currency: str) -> str:
    """Return an amount in minor units as people write it: `$1,234.50`, or `1,234.50 SEK`."""
    places = decimals(currency)
    whole, fraction = divmod(abs(amount), 10**places)
    number = f"{whole:,}" + (f".{fraction:0{places}d}" if places else "")
    sign = "-" if amount < 0 else ""
    symbol = SYMBOL.get(currency)
    return f"{sign}{symbol}{number}" if symbol else f"{sign}{number} {currency.upper()}"
