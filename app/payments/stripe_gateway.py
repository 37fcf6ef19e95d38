"""Every word spoken to Stripe (hosted Checkout Sessions, API version of the pinned SDK)."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

import stripe
from stripe.params.checkout import (
    SessionCreateParams,
    SessionCreateParamsLineItem,
    SessionCreateParamsShippingOption,
)

from app.config import LIVE_KEYS
from app.money import Money
from app.payments.gateway import (
    GatewayEvent,
    GatewayRefused,
    GatewayUnavailable,
    InvalidSignature,
    PageLine,
    PageRequest,
    PageUnknown,
    SessionState,
    SessionStatus,
)

API_VERSION = "2026-10-28.endive"
TIMEOUT_SECONDS = (5, 15)
EXPAND = ["payment_intent.latest_charge"]
# What reading an answer raises, in the SDK too, when it has not the shape of Stripe's.
UNREADABLE = (AttributeError, TypeError, ValueError)
FAILED_EVENT = "checkout.session.async_payment_failed"

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
        params = page_params(request)
        with _translated():
            created = self._client.v1.checkout.sessions.create(
                params=params, options={"idempotency_key": request.idempotency_key}
            )
            return _read_state(created, self.is_live)

    def find_page(self, session_id: str) -> SessionState:
        """Retrieve a Checkout Session with its payment and charge."""
        with _translated():
            found = self._client.v1.checkout.sessions.retrieve(session_id, params={"expand": EXPAND})
            return _read_state(found, self.is_live)

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

    def read_event(self, payload: bytes, signature: str) -> GatewayEvent:
        """Verify the signature over the raw bytes, then read the event's id, type and session."""
        try:
            event = self._client.construct_event(payload, signature, self._webhook_secret)
            subject = event.data.object
            is_session = event.type.startswith("checkout.session.")
            session_id = _text(subject["id"]) if is_session else None
            return GatewayEvent(_text(event.id), event.type, session_id, event.type == FAILED_EVENT)
        except stripe.SignatureVerificationError as error:
            raise InvalidSignature from error
        except (AttributeError, KeyError, TypeError) as error:
            raise ValueError("the event is not one of Stripe's") from error


def page_params(request: PageRequest) -> SessionCreateParams:
    """Spell a payment page as Stripe's parameters."""
    reference = {"order_code": request.order_code}
    return {
        "mode": "payment",
        "client_reference_id": request.order_code,
        "customer_email": request.email,
        "line_items": [_line_item(line) for line in request.lines],
        "shipping_options": [_shipping_option(request.delivery_name, request.delivery)],
        "success_url": request.success_url,
        "cancel_url": request.cancel_url,
        "expires_at": int(request.expires_at.timestamp()),
        "metadata": reference,
        # Session metadata is not copied to the payment, where refunds and disputes are traced from.
        "payment_intent_data": {"metadata": reference},
        # Said explicitly: the account's defaults could turn either on and change the total.
        "automatic_tax": {"enabled": False},
        "adaptive_pricing": {"enabled": False},
    }


def _line_item(line: PageLine) -> SessionCreateParamsLineItem:
    product: dict[str, str] = {"name": line.name}
    if line.description:
        product["description"] = line.description
    return cast(
        SessionCreateParamsLineItem,
        {
            "quantity": line.quantity,
            "price_data": {
                "currency": line.price.currency.lower(),
                "unit_amount": line.price.cents,
                "product_data": product,
            },
        },
    )


def _shipping_option(name: str, price: Money) -> SessionCreateParamsShippingOption:
    return {
        "shipping_rate_data": {
            "type": "fixed_amount",
            "display_name": name,
            "fixed_amount": {"amount": price.cents, "currency": price.currency.lower()},
        }
    }


def _read_state(session: stripe.checkout.Session, is_live: bool) -> SessionState:
    # What a server that speaks Stripe's API may leave out is asked for politely, the rest is required.
    intent = _field(session, "payment_intent")
    status = SessionStatus(session.status or "open")
    is_paid = session.payment_status in ("paid", "no_payment_required")
    said_live = _field(session, "livemode")
    return SessionState(
        id=_text(session.id),
        status=status,
        is_paid=is_paid,
        has_failed=_has_failed(intent) if status is SessionStatus.COMPLETE and not is_paid else False,
        amount_total=_field(session, "amount_total") or 0,
        currency=(_field(session, "currency") or "").upper(),
        is_live=is_live if said_live is None else said_live,
        order_code=_order_code(session),
        url=_field(session, "url"),
        payment_intent_id=_id_of(intent),
        charge_id=_id_of(_field(intent, "latest_charge")),
    )


def _has_failed(intent: str | stripe.PaymentIntent | None) -> bool | None:
    status = _field(intent, "status")
    return None if status is None else status in ("requires_payment_method", "canceled")


def _order_code(session: stripe.checkout.Session) -> str:
    return _field(_field(session, "metadata"), "order_code") or _field(session, "client_reference_id") or ""


def _field(thing: object, name: str) -> Any:
    return getattr(thing, name, None)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _id_of(thing: Any) -> str | None:
    return thing if thing is None or isinstance(thing, str) else str(thing.id)


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


def _describe(error: stripe.StripeError) -> str:
    # Never the message: it may quote what was sent.
    return f"{type(error).__name__} status={error.http_status} code={error.code} request={error.request_id}"
