"""What the shop needs of a payment provider."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from app.money import Money


class GatewayUnavailable(Exception):
    """The provider did not answer, or answered that it is unwell: nobody knows whether it acted."""


class GatewayRefused(Exception):
    """The provider answered that it will not do this: nothing was done."""


class PageUnknown(GatewayRefused):
    """The provider has no such payment page."""


class InvalidSignature(Exception):
    """A message does not come from the provider."""


class SessionStatus(StrEnum):
    """What has become of a payment page."""

    OPEN = "open"
    COMPLETE = "complete"
    EXPIRED = "expired"


@dataclass(frozen=True)
class PageLine:
    """One line that a payer sees; `price` is for one unit."""

    name: str
    description: str
    price: Money
    quantity: int


@dataclass(frozen=True)
class PageRequest:
    """Everything a payment page shows and does; the same request with the same key opens one page only."""

    order_code: str
    email: str
    lines: tuple[PageLine, ...]
    delivery_name: str
    delivery: Money
    success_url: str
    cancel_url: str
    expires_at: datetime
    idempotency_key: str


@dataclass(frozen=True)
class SessionState:
    """What the provider says of a payment page now; amounts in minor units.

    `has_failed` is None when the provider does not say whether the money may still come.
    """

    id: str
    status: SessionStatus
    is_paid: bool
    has_failed: bool | None
    amount_total: int
    currency: str
    is_live: bool
    order_code: str
    url: str | None
    payment_intent_id: str | None
    charge_id: str | None


@dataclass(frozen=True)
class GatewayEvent:
    """A message of the provider; `session_id` names the payment page it speaks of, if any."""

    id: str
    type: str
    session_id: str | None
    says_failed: bool = False


class PaymentGateway(Protocol):
    """A provider with hosted payment pages. Every call may raise GatewayUnavailable or GatewayRefused."""

    @property
    def is_live(self) -> bool:
        """Whether real money moves."""
        ...

    def open_page(self, request: PageRequest) -> SessionState:
        """Open a payment page."""
        ...

    def find_page(self, session_id: str) -> SessionState:
        """Ask what has become of a payment page."""
        ...

    def expire_page(self, session_id: str) -> SessionState:
        """Close a payment page if it is still open; returns what it is then."""
        ...

    def read_event(self, payload: bytes, signature: str) -> GatewayEvent:
        """Verify and read a message from its raw bytes; raises InvalidSignature or ValueError."""
        ...
