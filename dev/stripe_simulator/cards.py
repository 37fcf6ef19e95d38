"""The test cards the payment page knows, and what each of them does."""

from dataclasses import dataclass
from typing import Any, Final

DECLINED: Final = "Your card was declined."


@dataclass(frozen=True)
class Behavior:
    """What happens to a payment by a card: a refusal, an authentication step, a dispute, or plain success.

    `refund` names what becomes of refunds to the card, by the names in `refund_outcomes`.
    """

    summary: str
    code: str | None = None
    decline_code: str | None = None
    message: str = ""
    authenticates: bool = False
    disputed: bool = False
    refund: str | None = None


BEHAVIORS: Final = {
    "4242424242424242": Behavior("Succeeds"),
    "4000000000000002": Behavior("Is declined", "card_declined", "generic_decline", DECLINED),
    "4000000000009995": Behavior(
        "Has insufficient funds", "card_declined", "insufficient_funds", "Your card has insufficient funds."
    ),
    "4000002500003155": Behavior("Asks for 3-D Secure", authenticates=True),
    "4000000000003220": Behavior("Asks for 3-D Secure", authenticates=True),
    "4000000000000259": Behavior("Succeeds and is disputed later", disputed=True),
    "4000000000005126": Behavior("Succeeds; a refund fails later", refund="fails later"),
    "4000000000007726": Behavior("Succeeds; a refund is pending and succeeds later", refund="succeeds later"),
}
AUTHENTICATION_FAILED: Final = Behavior(
    "Fails authentication",
    "payment_intent_authentication_failure",
    None,
    "We could not authenticate your payment method. Choose another payment method and try again.",
)


@dataclass(frozen=True)
class Payer:
    """Who pays."""

    email: str
    name: str | None


@dataclass(frozen=True)
class Card:
    """What is kept of a card: never its number or security code."""

    last4: str
    exp_month: int
    exp_year: int
    behavior: Behavior

    def details(self, *, authenticated: bool) -> dict[str, Any]:
        """Return the payment method details of a charge to this card."""
        secure = {"result": "authenticated", "version": "2.2.0"} if authenticated else None
        card = {
            "brand": "visa",
            "checks": {"address_line1_check": None, "address_postal_code_check": None, "cvc_check": "pass"},
            "country": "US",
            "exp_month": self.exp_month,
            "exp_year": self.exp_year,
            "fingerprint": None,
            "funding": "credit",
            "installments": None,
            "last4": self.last4,
            "mandate": None,
            "network": "visa",
            "three_d_secure": secure,
            "wallet": None,
        }
        return {"card": card, "type": "card"}
