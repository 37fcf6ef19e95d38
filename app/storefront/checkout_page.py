"""The checkout page: the form beside what the order costs so far."""

from dataclasses import dataclass, field

from flask import render_template
from sqlalchemy.orm import Session

from app.cart.models import Cart
from app.money import Money
from app.pricing.models import DeliveryMethod
from app.pricing.queries import find_tax_rate, list_delivery_methods
from app.pricing.quote import Quote, quote_cart
from app.storefront.cart_lines import CartLine, cart_lines
from app.storefront.checkout_form import CheckoutForm
from app.web.csrf import form_token


@dataclass(frozen=True)
class OfferedMethod:
    """A way to send this order and what it costs for it."""

    code: str
    name: str
    description: str
    price: Money


@dataclass(frozen=True)
class CheckoutPage:
    """A cart on its way to be paid."""

    cart: Cart
    form: CheckoutForm
    method: DeliveryMethod
    methods: list[OfferedMethod]
    quote: Quote
    lines: list[CartLine]
    problems: list[str] = field(default_factory=list)

    @property
    def line_messages(self) -> list[str]:
        """What stands in the way, line by line."""
        return [
            f"{line.product_name} ({line.variant_label}): {line.message}"
            for line in self.lines
            if line.message
        ]

    def render(self) -> str:
        """Return the page, with everything the person typed."""
        return render_template(
            "storefront/checkout/new.html",
            form=self.form,
            csrf_token=form_token(),
            methods=self.methods,
            quote=self.quote,
            lines=self.lines,
            problems=self.problems,
            line_messages=self.line_messages,
        )


def prepare_checkout(session: Session, cart: Cart, form: CheckoutForm) -> CheckoutPage:
    """Put together the page for a cart that is not empty; a fixed number of statements."""
    methods = list_delivery_methods(session)
    form.offer(methods)
    method = next((method for method in methods if method.code == form.delivery_method.data), methods[0])
    state = form.state
    rate = find_tax_rate(session, str(form.country.data), state) if state else None
    quote = quote_cart(cart, method, rate, is_place_known=state is not None)
    goods = quote.subtotal.cents
    offered = [
        OfferedMethod(each.code, each.name, each.description, each.price_for(goods)) for each in methods
    ]
    return CheckoutPage(cart, form, method, offered, quote, cart_lines(session, cart))
