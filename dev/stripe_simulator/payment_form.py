"""Reads the form of the payment page."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from .cards import BEHAVIORS, Card, Payer
from .session_customer import known_email
from .session_rules import is_email


@dataclass
class PaymentForm:
    """The typed fields and, by field name, what is wrong with them."""

    email: str
    name: str
    expiry: str
    errors: dict[str, str] = field(default_factory=dict)
    card: Card | None = None

    @property
    def payer(self) -> Payer:
        """Return who pays."""
        return Payer(self.email, self.name or None)


def blank_form(session: dict[str, Any]) -> PaymentForm:
    """Return the form as it is first shown."""
    return PaymentForm(email=known_email(session) or "", name="", expiry="")


def read_form(
    typed: Mapping[str, str], session: dict[str, Any], now: float, *, with_card: bool
) -> PaymentForm:
    """Return the form with its errors, and with the card when that is wanted and sound."""
    form = PaymentForm(
        email=known_email(session) or typed.get("email", "").strip()[:254],
        name=typed.get("name", "").strip()[:200],
        expiry=typed.get("expiry", "").strip()[:9],
    )
    if not is_email(form.email):
        form.errors["email"] = "Enter your e-mail address, such as name@example.com."
    if with_card:
        _read_card(form, typed, now)
    if session["amount_total"] and not form.name:
        form.errors["name"] = (
            "Enter the name on the card." if with_card else "Enter the account holder's name."
        )
    return form


def _read_card(form: PaymentForm, typed: Mapping[str, str], now: float) -> None:
    number = re.sub(r"[\s-]", "", typed.get("card_number", ""))
    behavior = BEHAVIORS.get(number)
    if behavior is None:
        form.errors["card_number"] = "Your card number is invalid." if number else "Enter your card number."
    expiry = _read_expiry(form, now)
    if not re.fullmatch(r"[0-9]{3}", typed.get("cvc", "").strip()):
        form.errors["cvc"] = "Your card's security code is incomplete."
    if behavior is not None and expiry is not None:
        form.card = Card(number[-4:], expiry[0], expiry[1], behavior)


def _read_expiry(form: PaymentForm, now: float) -> tuple[int, int] | None:
    match = re.fullmatch(r"(0?[1-9]|1[0-2])\s*[/-]\s*((?:20)?[0-9]{2})", form.expiry) or re.fullmatch(
        r"(0[1-9]|1[0-2])([0-9]{2})", form.expiry
    )
    if match is None:
        form.errors["expiry"] = "Enter your card's expiration date as month and year, such as 09 / 31."
        return None
    month, year = int(match[1]), 2000 + int(match[2]) % 100
    today = datetime.fromtimestamp(now, UTC)
    if (year, month) < (today.year, today.month):
        form.errors["expiry"] = "Your card's expiration date is in the past."
        return None
    return month, year
