"""What an order costs: lines, discount, delivery and tax, all in integer minor units.

Total = subtotal - discount + delivery + tax. The discount is the sum of the lines' shares of it; the tax is
the sum of the lines' shares and that of the delivery. How it is rounded says `app.money`.
"""

from dataclasses import dataclass

from app.money import Money

GENERAL = "general"


@dataclass(frozen=True)
class QuoteLine:
    """One variant of a quote, what its units cost together, and its share of discount and tax."""

    variant_id: int
    sku: str
    name: str
    label: str
    quantity: int
    unit_price: Money
    discount_cents: int = 0
    tax_cents: int = 0
    tax_class: str = GENERAL

    @property
    def total(self) -> Money:
        """The price of all units, before discount and tax."""
        return Money(self.unit_price.cents * self.quantity, self.unit_price.currency)

    @property
    def discount(self) -> Money:
        """The line's share of the discount."""
        return Money(self.discount_cents, self.unit_price.currency)

    @property
    def net(self) -> Money:
        """The price of all units less their share of the discount, before tax."""
        return Money(self.total.cents - self.discount_cents, self.unit_price.currency)

    @property
    def tax(self) -> Money:
        """The line's share of the tax."""
        return Money(self.tax_cents, self.unit_price.currency)


@dataclass(frozen=True)
class Quote:
    """The price of goods sent in one way.

    `tax` is None while it is not known: without a destination, or when the payment page works it out.
    """

    lines: tuple[QuoteLine, ...]
    delivery: Money
    tax: Money | None
    currency: str
    delivery_tax_cents: int = 0
    discount_name: str = ""

    @property
    def subtotal(self) -> Money:
        """The goods, before discount, delivery and tax."""
        return Money(sum(line.total.cents for line in self.lines), self.currency)

    @property
    def discount(self) -> Money:
        """What is taken off the goods."""
        return Money(sum(line.discount_cents for line in self.lines), self.currency)

    @property
    def total(self) -> Money:
        """Everything that will be charged, as far as it is known."""
        tax = self.tax.cents if self.tax else 0
        return Money(self.subtotal.cents - self.discount.cents + self.delivery.cents + tax, self.currency)

    @property
    def is_free(self) -> bool:
        """Whether there is nothing to pay, and so no need for a payment page."""
        return self.total.cents == 0
