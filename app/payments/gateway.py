"""What the shop needs of a payment provider."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from app.money import Money
from app.payments.money_back import DisputeState, RefundRequest, RefundState


class GatewayUnavailable(Exception):
    """The provider did not answer, or answered that it is unwell: nobody knows whether it acted."""


class GatewayRefused(Exception):
    """The provider answered that it will not do this: nothing was done."""


class PageUnknown(GatewayRefused):
    """The provider has no such payment page."""


class NotOffered(GatewayRefused):
    """The provider has no such thing to ask for: a server that speaks a part of Stripe's API only."""


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
class TaxAddress:
    """Where the goods go, for a provider that works out the tax."""

    name: str
    line1: str
    line2: str
    city: str
    region: str
    postal_code: str
    country: str


@dataclass(frozen=True)
class PageRequest:
    """Everything a payment page shows and does; the same request with the same key opens one page only.

    With `tax_address` the provider adds its own tax to what is said here.
    """

    order_code: str
    email: str
    lines: tuple[PageLine, ...]
    delivery_name: str
    delivery: Money
    success_url: str
    cancel_url: str
    expires_at: datetime
    idempotency_key: str
    tax_address: TaxAddress | None = None


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
    # What the provider has given back of the charge so far; None when it does not say.
    amount_refunded: int | None = None
    # The provider's own tax, where it works the tax out.
    amount_tax: int = 0


@dataclass(frozen=True)
class GatewayEvent:
    """A message of the provider, and the ids of what it speaks of, as far as it names them.

    `is_ours` is false for a type of message that the shop does nothing about.
    """

    id: str
    type: str
    session_id: str | None = None
    payment_intent_id: str | None = None
    charge_id: str | None = None
    dispute_id: str | None = None
    is_ours: bool = True
    about_refunds: bool = False
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

    def find_page_of(self, payment_intent_id: str) -> SessionState | None:
        """Ask which payment page took a payment; None for one that was made elsewhere."""
        ...

    def refund(self, request: RefundRequest) -> RefundState:
        """Give money back; raises GatewayRefused when none will go back."""
        ...

    def list_refunds(self, payment_intent_id: str) -> list[RefundState]:
        """Ask for every refund of a payment."""
        ...

    def list_refunds_since(self, moment: datetime) -> list[RefundState]:
        """Ask for every refund that was made since a moment."""
        ...

    def find_dispute(self, dispute_id: str) -> DisputeState:
        """Ask what has become of a dispute."""
        ...

    def list_disputes_since(self, moment: datetime) -> list[DisputeState]:
        """Ask for every dispute that was opened since a moment."""
        ...

    def list_undelivered_events(self, since: datetime) -> list[GatewayEvent]:
        """Ask for the messages that the provider could not deliver."""
        ...

    def read_event(self, payload: bytes, signature: str) -> GatewayEvent:
        """Verify and read a message from its raw bytes; raises InvalidSignature or ValueError."""
        ...
