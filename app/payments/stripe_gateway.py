"""Speaks with Stripe (hosted Checkout Sessions, API version of the pinned SDK)."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import stripe

from app.config import LIVE_KEYS
from app.payments.gateway import (
    GatewayEvent,
    GatewayRefused,
    GatewayUnavailable,
    InvalidSignature,
    NotOffered,
    PageRequest,
    PageUnknown,
    SessionState,
    TaxAddress,
)
from app.payments.money_back import DisputeState, RefundRequest, RefundState
from app.payments.stripe_answers import (
    HANDLED,
    read_dispute,
    read_event,
    read_refund,
    read_session,
)
from app.payments.stripe_requests import customer_params, page_params, refund_params

LARGEST_PAGE = 100
API_VERSION = "2026-10-28.endive"
TIMEOUT_SECONDS = (5, 15)
EXPAND = ["payment_intent.latest_charge"]
MISSING = frozenset({404, 405, 501})
# What reading an answer raises, in the SDK too, when it has not the shape of Stripe's.
UNREADABLE = (AttributeError, KeyError, TypeError, ValueError)

log = logging.getLogger(__name__)


class StripeGateway:
    """Stripe, or a server that speaks its API, behind the shop's own protocol."""

    def __init__(self, api_key: str, webhook_secret: str, api_base: str) -> None:
        # At DEBUG the SDK writes whole bodies: names, addresses, e-mail.
        logging.getLogger("stripe").setLevel(logging.WARNING)
        self.is_live = api_key.startswith(LIVE_KEYS)
        self._webhook_secret = webhook_secret
        self._client = stripe.StripeClient(
            api_key,
            stripe_version=API_VERSION,
            max_network_retries=2,
            http_client=stripe.RequestsClient(timeout=TIMEOUT_SECONDS),
            base_addresses={"api": api_base},
        )

    def open_page(self, request: PageRequest) -> SessionState:
        """Create a Checkout Session; the stored key makes a repetition answer the same session."""
        with _translated():
            customer_id = self._open_customer(request, request.tax_address) if request.tax_address else None
            params = page_params(request, customer_id)
            created = self._client.v1.checkout.sessions.create(
                params=params, options={"idempotency_key": request.idempotency_key}
            )
            return read_session(created, is_live=self.is_live)

    def _open_customer(self, request: PageRequest, address: TaxAddress) -> str:
        # Checkout takes the tax of the place where an existing customer has goods sent:
        # docs.stripe.com/tax/customer-locations.
        created = self._client.v1.customers.create(
            params=customer_params(request.email, address),
            options={"idempotency_key": f"{request.idempotency_key}-customer"},
        )
        return created.id

    def find_page(self, session_id: str) -> SessionState:
        """Retrieve a Checkout Session with its payment and charge."""
        with _translated():
            found = self._client.v1.checkout.sessions.retrieve(session_id, params={"expand": EXPAND})
            return read_session(found, is_live=self.is_live)

    def expire_page(self, session_id: str) -> SessionState:
        """Expire a Checkout Session; one that was paid or has expired meanwhile is returned as it is."""
        with _translated():
            try:
                self._client.v1.checkout.sessions.expire(session_id)
            except stripe.APIConnectionError:
                raise
            except (stripe.StripeError, *UNREADABLE) as error:
                # However the answer was worded, the session itself knows what it is.
                log.info(
                    "session not expired", extra={"session_id": session_id, "kind": type(error).__name__}
                )
        return self.find_page(session_id)

    def find_page_of(self, payment_intent_id: str) -> SessionState | None:
        """Find the Checkout Session of a PaymentIntent."""
        with _offered(), _translated():
            found = self._client.v1.checkout.sessions.list(
                params={"payment_intent": payment_intent_id, "limit": 1}
            )
            pages = [read_session(each, is_live=self.is_live) for each in found.data]
        # A server that does not know the filter answers with anybody's.
        return next((page for page in pages if page.payment_intent_id == payment_intent_id), None)

    def refund(self, request: RefundRequest) -> RefundState:
        """Create a Refund; the stored key makes a repetition answer the same one."""
        with _translated():
            created = self._client.v1.refunds.create(
                params=refund_params(request), options={"idempotency_key": request.idempotency_key}
            )
            return read_refund(created)

    def list_refunds(self, payment_intent_id: str) -> list[RefundState]:
        """List all refunds of a PaymentIntent."""
        with _offered(), _translated():
            found = self._client.v1.refunds.list(
                params={"payment_intent": payment_intent_id, "limit": LARGEST_PAGE}
            )
            refunds = [read_refund(each) for each in found.auto_paging_iter()]
        # A server that does not know the filter answers with anybody's.
        return [refund for refund in refunds if refund.payment_intent_id in (None, payment_intent_id)]

    def list_refunds_since(self, moment: datetime) -> list[RefundState]:
        """List all refunds that were created since a moment."""
        with _offered(), _translated():
            found = self._client.v1.refunds.list(
                params={"created": {"gte": int(moment.timestamp())}, "limit": LARGEST_PAGE}
            )
            return [read_refund(each) for each in found.auto_paging_iter()]

    def find_dispute(self, dispute_id: str) -> DisputeState:
        """Retrieve a Dispute."""
        with _offered(), _translated():
            return read_dispute(self._client.v1.disputes.retrieve(dispute_id))

    def list_disputes_since(self, moment: datetime) -> list[DisputeState]:
        """List all disputes that were created since a moment."""
        with _offered(), _translated():
            found = self._client.v1.disputes.list(
                params={"created": {"gte": int(moment.timestamp())}, "limit": LARGEST_PAGE}
            )
            return [read_dispute(each) for each in found.auto_paging_iter()]

    def list_undelivered_events(self, since: datetime) -> list[GatewayEvent]:
        """List the events that no webhook endpoint has taken; Stripe keeps them for 30 days."""
        with _offered(), _translated():
            found = self._client.v1.events.list(
                params={
                    "delivery_success": False,
                    "types": list(HANDLED),
                    "created": {"gte": int(since.timestamp())},
                    "limit": LARGEST_PAGE,
                }
            )
            return [read_event(each) for each in found.auto_paging_iter()]

    def read_event(self, payload: bytes, signature: str) -> GatewayEvent:
        """Verify the signature over the raw bytes, then read the event's id, type and session."""
        try:
            return read_event(self._client.construct_event(payload, signature, self._webhook_secret))
        except stripe.SignatureVerificationError as error:
            raise InvalidSignature from error
        except (AttributeError, KeyError, TypeError) as error:
            raise ValueError("the event is not one of Stripe's") from error


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except stripe.IdempotencyError as error:
        # The key was used for another request: a page may be open, so this is no refusal.
        raise GatewayUnavailable(_describe(error)) from error
    except stripe.InvalidRequestError as error:
        refusal = PageUnknown if error.http_status == 404 else GatewayRefused
        raise refusal(_describe(error)) from error
    except stripe.StripeError as error:
        # A wrong key or a missing permission too: it says nothing of the page, and mending it mends the call.
        raise GatewayUnavailable(_describe(error)) from error
    except UNREADABLE as error:
        # Something on the way answered in Stripe's place, or Stripe has learned a new word.
        raise GatewayUnavailable("the answer is not one of Stripe's that we can read") from error


@contextmanager
def _offered() -> Iterator[None]:
    """Tell a list that a server does not have from one that it cannot give now, whatever words it uses."""
    try:
        yield
    except PageUnknown as error:
        raise NotOffered(str(error)) from error
    except GatewayUnavailable as error:
        cause = error.__cause__
        if isinstance(cause, stripe.StripeError) and cause.http_status in MISSING:
            raise NotOffered(str(error)) from error
        raise


def _describe(error: stripe.StripeError) -> str:
    # Never the message: it may quote what was sent.
    return f"{type(error).__name__} status={error.http_status} code={error.code} request={error.request_id}"
