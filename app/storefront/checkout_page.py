"""The checkout page: the form beside what the order costs so far."""

from dataclasses import dataclass, field

from flask import render_template
from sqlalchemy.orm import Session

from app import clock
from app.cart.models import Cart
from app.guidance.caution_words import CautionNotice, list_notices
from app.orders.draft import OrderDraft, caution_ids
from app.pricing.cart_quote import CartQuote, quote_cart
from app.pricing.discounts import DiscountNeedsMore, DiscountUnknown, redeem
from app.pricing.models import Discount
from app.pricing.smallest_charge import is_too_small, smallest_charge
from app.storefront.cart_lines import CartLine, cart_lines
from app.storefront.checkout_form import TOO_HEAVY, CheckoutForm
from app.web.csrf import form_token
from app.web.order_links import current_config

UNKNOWN_CODE = "We do not know this code, or it has ended. Please check it, or leave the field empty."
TOO_LITTLE = "The smallest amount that we can charge is {smallest}, and this order comes to {total}."


@dataclass(frozen=True)
class CheckoutPage:
    """A cart on its way to be paid."""

    cart: Cart
    form: CheckoutForm
    price: CartQuote
    lines: list[CartLine]
    problems: list[str] = field(default_factory=list)

    @property
    def obstacles(self) -> list[str]:
        """What stands in the way besides the form: stock, line by line, and a total too small to charge."""
        obstacles = [
            f"{line.product_name} ({line.variant_label}): {line.message}"
            for line in self.lines
            if line.message
        ]
        total = self.price.quote.total
        if is_too_small(total):
            obstacles.append(TOO_LITTLE.format(smallest=smallest_charge(total.currency), total=total))
        return obstacles

    @property
    def notices(self) -> list[CautionNotice]:
        """The cautions of all lines, each once."""
        return list_notices((line.product_name, line.cautions) for line in self.lines)

    def render(self) -> str:
        """Return the page, with everything the person typed."""
        return render_template(
            "storefront/checkout/new.html",
            form=self.form,
            csrf_token=form_token(),
            price=self.price,
            quote=self.price.quote,
            problems=self.problems,
            obstacles=self.obstacles,
            notices=self.notices,
            advice_against={line.variant_id: line.advice_against for line in self.lines},
            too_heavy=TOO_HEAVY,
        )

    def draft(self) -> OrderDraft:
        """Return what is to be ordered; only after the form is valid."""
        offer = self.price.chosen
        if offer is None:
            raise ValueError("there is no way to send this cart")
        return OrderDraft(
            cart_id=self.cart.id,
            recipient=self.form.recipient(),
            delivery_method=offer.code,
            delivery_name=offer.name,
            quote=self.price.quote,
            is_tax_later=self.price.is_tax_later,
            cautions=caution_ids({line.variant_id: line.cautions for line in self.lines}),
        )


def prepare_checkout(session: Session, cart: Cart, form: CheckoutForm) -> CheckoutPage:
    """Put together the page for a cart that is not empty; a fixed number of statements."""
    price = quote_cart(
        session,
        cart,
        form.place,
        method=form.delivery_method.data or "",
        discount=_redeem(session, cart, form),
        source=current_config().tax_source,
    )
    form.offer(price.offers)
    page = CheckoutPage(cart, form, price, cart_lines(session, cart))
    versions = (notice.version for notice in page.notices)
    form.show_cautions(f"{version.caution.code}:{version.version}" for version in versions)
    return page


def _redeem(session: Session, cart: Cart, form: CheckoutForm) -> Discount | None:
    code = form.discount_code.data
    if not code:
        return None
    goods = sum(item.variant.price_cents * item.quantity for item in cart.items)
    try:
        return redeem(session, code, goods_cents=goods, now=clock.now())
    except DiscountUnknown:
        form.refuse_discount(UNKNOWN_CODE)
    except DiscountNeedsMore as problem:
        form.refuse_discount(f"This code is for goods of {problem.minimum} or more.")
    return None
