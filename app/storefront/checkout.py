"""The checkout: one page, then on to the payment page."""

import structlog
from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.inventory.services import InsufficientStock
from app.orders.services import CautionsChanged
from app.payments.gateway import GatewayRefused, GatewayUnavailable
from app.session import get_session
from app.storefront.cart import cart_page
from app.storefront.caution_consent import CHANGED as CAUTIONS_CHANGED
from app.storefront.checkout_form import CheckoutForm
from app.storefront.checkout_page import CheckoutPage, prepare_checkout
from app.storefront.orders import order_address
from app.storefront.payment_start import AlreadyPaid, CartChanged, start_payment
from app.web.carts import current_cart
from app.web.csrf import is_token_valid

EMPTY = "Your cart is empty, so there is nothing to pay for."
STALE = "This page was open for a long time. Please check what you entered and send it again."
CHANGED = "Your cart has just changed. Please check it and send the form again."
STOCK_CHANGED = "The stock has just changed. Please try again."
NO_PAYMENT_PAGE = "We could not open the payment page. Nothing was charged. Please try again in a minute."

log = structlog.get_logger("shop.checkout")

blueprint = Blueprint("checkout", __name__)


@blueprint.get("/checkout")
def new() -> ResponseReturnValue:
    """Show the form with what the order costs."""
    page = _prepare(CheckoutForm())
    return redirect(url_for("storefront.cart.show"), 303) if page is None else page.render()


@blueprint.post("/checkout/summary")
def summary() -> ResponseReturnValue:
    """Work the totals out again for what is entered so far; nothing is sent or judged."""
    page = _prepare(CheckoutForm(request.form))
    return redirect(url_for("storefront.cart.show"), 303) if page is None else page.render()


@blueprint.post("/checkout")
def create() -> ResponseReturnValue:
    """Place the order and go on to the payment page."""
    form = CheckoutForm(request.form)
    page = _prepare(form)
    if page is None:
        return cart_page(None, error=EMPTY), 422
    page.problems.extend(_problems(page))
    if page.problems:
        return page.render(), 422
    return _pay(page)


def _prepare(form: CheckoutForm) -> CheckoutPage | None:
    session = get_session()
    cart = current_cart(session)
    return prepare_checkout(session, cart, form) if cart and cart.items else None


def _problems(page: CheckoutPage) -> list[str]:
    is_valid = page.form.validate()
    problems = [] if is_token_valid() else [STALE]
    problems.extend(page.obstacles)
    if not is_valid:
        problems.extend(str(field.errors[0]) for field in page.form if field.errors)
    return problems


def _pay(page: CheckoutPage) -> ResponseReturnValue:
    try:
        return redirect(start_payment(page.draft()), 303)
    except AlreadyPaid as paid:
        return redirect(order_address(paid.order.code), 303)
    except InsufficientStock:
        return _show_again(page.form, STOCK_CHANGED)
    except CautionsChanged:
        page.form.refuse_cautions()
        return _show_again(page.form, CAUTIONS_CHANGED)
    except CartChanged:
        return _show_again(page.form, CHANGED)
    except (GatewayUnavailable, GatewayRefused) as error:
        return _show_no_payment_page(page.form, error)


def _show_again(form: CheckoutForm, message: str) -> ResponseReturnValue:
    # Read again: somebody has just bought what the page still offered, or changed the cart.
    page = _prepare(form)
    if page is None:
        return cart_page(None, error=EMPTY), 422
    page.problems.extend(page.obstacles or [message])
    return page.render(), 422


def _show_no_payment_page(form: CheckoutForm, error: Exception) -> ResponseReturnValue:
    log.warning("no payment page", reason=str(error))
    page = _prepare(form)
    if page is None:
        return cart_page(None, error=NO_PAYMENT_PAGE), 503
    page.problems.append(NO_PAYMENT_PAGE)
    return page.render(), 503
