"""A shopper without scripts who buys one thing and takes the time."""

import re
import time
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urlsplit

import requests

TOKEN = re.compile(r'name="csrf_token" value="([^"]*)"')
BACK = re.compile(r'<a class="back" href="([^"]*)"')
STATUS = re.compile(r'data-payment-status="([^"]*)"')
ADDRESS = {
    "email": "maya@example.com",
    "name": "Maya Lindqvist",
    "line1": "12 Alder Street",
    "city": "Portland",
    "region": "OR",
    "postal_code": "97201",
    "country": "US",
    "delivery_method": "standard",
    "acknowledge_cautions": "y",
}
CARD = {"email": ADDRESS["email"], "name": ADDRESS["name"], "card_number": "4242424242424242"}
PATIENCE_SECONDS = 30
# Between two looks at the order page.
PAUSE_SECONDS = 0.01


class BenchError(Exception):
    """The shop did not answer as it should; the text says to what."""


@dataclass
class Visitor:
    """One browser at the shop; every step must follow the one before."""

    shop: str
    http: requests.Session = field(default_factory=requests.Session)
    form: dict[str, str] = field(default_factory=dict)
    payment_page: str = ""

    def fill_cart(self, sku: str) -> None:
        """Put one unit into the cart and open the checkout page."""
        self._post(f"{self.shop}/cart/items", {"sku": sku, "quantity": "1"})
        self.form = {**ADDRESS, "csrf_token": _read(TOKEN, self._get(f"{self.shop}/checkout"))}

    def check_out(self) -> float:
        """Send the checkout form; returns the seconds until the shop names the payment page."""
        start = time.perf_counter()
        answer = self._post(f"{self.shop}/checkout", self.form)
        seconds = time.perf_counter() - start
        self.payment_page = answer.headers["Location"]
        return seconds

    def pay(self) -> float:
        """Pay, and do not come back; returns the seconds from sending the card until the shop says paid.

        Only the webhook can tell the shop: the order's page reads what is written down and asks nobody.
        """
        order = self._order_page()
        start = time.perf_counter()
        self._post(self.payment_page, {**CARD, "expiry": "12 / 34", "cvc": "123"})
        while _read(STATUS, self._get(order)) != "paid":
            if time.perf_counter() - start > PATIENCE_SECONDS:
                raise BenchError(f"not paid within {PATIENCE_SECONDS} seconds")
            time.sleep(PAUSE_SECONDS)
        return time.perf_counter() - start

    def _order_page(self) -> str:
        """Return the order's address: number and token are those of the payment page's way back."""
        way_back = urlsplit(unescape(_read(BACK, self._get(self.payment_page))))
        return f"{self.shop}/orders/{way_back.path.rsplit('/', 1)[1]}?{way_back.query}"

    def _get(self, address: str) -> str:
        answer = self.http.get(address, timeout=PATIENCE_SECONDS)
        if not answer.ok:
            raise BenchError(f"{address} answered {answer.status_code}")
        return answer.text

    def _post(self, address: str, form: dict[str, str]) -> requests.Response:
        answer = self.http.post(address, form, timeout=PATIENCE_SECONDS, allow_redirects=False)
        if answer.status_code != 303:
            raise BenchError(f"{address} answered {answer.status_code}, not 303")
        return answer


def _read(pattern: re.Pattern[str], page: str) -> str:
    found = pattern.search(page)
    if found is None:
        raise BenchError(f"a page has nothing like {pattern.pattern}")
    return unescape(found[1])
