"""A shopper without scripts: plain HTTP with a cookie jar, reading pages as a browser would."""

import re
from dataclasses import dataclass, field
from html import unescape

import requests

ADDRESS = {
    "email": "maya@example.com",
    "name": "Maya Lindqvist",
    "line1": "12 Alder Street",
    "line2": "",
    "city": "Portland",
    "region": "OR",
    "postal_code": "97201",
    "country": "US",
    "phone": "",
}
CARD = {"card_number": "4242424242424242", "expiry": "12 / 34", "cvc": "123", "name": "Maya Lindqvist"}
DECLINED = {**CARD, "card_number": "4000000000000002"}


@dataclass
class Buyer:
    """One browser at the shop."""

    shop: str
    http: requests.Session = field(default_factory=requests.Session)

    def get(self, path: str) -> requests.Response:
        """Visit a page."""
        address = path if path.startswith("http") else self.shop + path
        return self.http.get(address, timeout=30)

    def post(self, path: str, data: dict[str, str]) -> requests.Response:
        """Send a form, without following where it leads."""
        address = path if path.startswith("http") else self.shop + path
        return self.http.post(address, data=data, timeout=60, allow_redirects=False)

    def add(self, sku: str, quantity: int = 1) -> requests.Response:
        """Put something in the cart."""
        return self.post("/cart/items", {"sku": sku, "quantity": str(quantity)})

    def checkout(self, **changes: str) -> requests.Response:
        """Fill in the checkout page and send it."""
        page = self.get("/checkout")
        form = {
            **ADDRESS,
            "csrf_token": hidden(page.text, "csrf_token"),
            "delivery_method": "standard",
            "acknowledge_cautions": "y",
            **changes,
        }
        return self.post("/checkout", form)

    def open_payment_page(self, **changes: str) -> str:
        """Go through the checkout; returns the address of the payment page."""
        answer = self.checkout(**changes)
        assert answer.status_code == 303, answer.text
        return answer.headers["Location"]

    def pay(self, payment_page: str, card: dict[str, str] | None = None) -> requests.Response:
        """Pay with a card; returns the payment page's answer."""
        return self.post(payment_page, {"email": ADDRESS["email"], **(card or CARD)})

    def come_back(self, answer: requests.Response) -> requests.Response:
        """Follow the payment page's answer to the order."""
        assert answer.status_code == 303, answer.text
        return self.get(answer.headers["Location"])

    def close(self) -> None:
        """Close the browser."""
        self.http.close()


def hidden(page: str, name: str) -> str:
    """Read a hidden field."""
    found = re.search(rf'<input type="hidden" name="{name}" value="([^"]*)"', page)
    assert found, f"no hidden field {name}"
    return unescape(found[1])


def payment_status(page: str) -> str:
    """Read what an order page says of the payment."""
    found = re.search(r'data-payment-status="([^"]*)"', page)
    assert found, "no payment status on the page"
    return found[1]


def order_code(page: str) -> str:
    """Read the number of an order page."""
    found = re.search(r'data-order-code="([^"]*)"', page)
    assert found, "no order code on the page"
    return found[1]
