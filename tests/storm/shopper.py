"""One person at the shop, who fills a cart and gets to the payment page, or not."""

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from html import unescape
from random import Random

import requests

from tests.buyer import ADDRESS, CARD, Buyer
from tests.storm.tally import Tally

CART_LINE = re.compile(r'data-availability="([^"]*)".*?action="/cart/items/(\d+)"', re.DOTALL)
BACK = re.compile(r'<a class="back" href="([^"]*)"')
TOKEN = re.compile(r'name="csrf_token" value="([^"]*)"')
BANK_DEBIT = {"email": ADDRESS["email"], "name": ADDRESS["name"], "method": "bank_debit"}
DISPUTED = {**CARD, "card_number": "4000000000000259"}
TRIES = 2
FEW = (1, 1, 1, 2, 2, 3)


@dataclass
class Shopper:
    """A person whose every choice is drawn from a seed of their own."""

    name: str
    buyer: Buyer
    simulator: str
    skus: Sequence[str]
    random: Random
    tally: Tally
    overstay: Callable[[str], None]
    left_pages: list[str] = field(default_factory=list)
    debits: list[str] = field(default_factory=list)
    windows: list[Buyer] = field(default_factory=list)

    def open_window(self) -> Buyer:
        """Open another window of the same browser."""
        window = Buyer(self.buyer.shop)
        window.http.cookies.update(self.buyer.http.cookies)
        self.tally.watch(window.http, window.shop)
        self.windows.append(window)
        return window

    def close(self) -> None:
        """Close all windows."""
        for window in (self.buyer, *self.windows):
            window.close()

    def pause(self, longest: float) -> None:
        """Think for a while."""
        time.sleep(self.random.random() * longest)

    def fill_cart(self) -> None:
        """Put some things into the cart, fewer of each when there are not enough."""
        for sku in self.random.sample(self.skus, self.random.choice(FEW)):
            for quantity in range(self.random.choice(FEW), 0, -1):
                if self.buyer.add(sku, quantity).status_code == 303:
                    break
                self.tally.note("too few for the cart")

    def fill_in_checkout(self) -> dict[str, str] | None:
        """Fill in the checkout page; None when the cart is empty."""
        token = TOKEN.search(self.buyer.get("/checkout").text)
        if token is None:
            return None
        return {
            **ADDRESS,
            "name": self.name,
            "delivery_method": "standard",
            "acknowledge_cautions": "y",
            "csrf_token": unescape(token[1]),
        }

    def open_page(self) -> str | None:
        """Go through the checkout, with less when something is short; returns the payment page, if any."""
        for _ in range(TRIES):
            form = self.fill_in_checkout()
            if form is None:
                return None
            answer = self.buyer.post("/checkout", form)
            self.tally.note(f"checkouts answered {answer.status_code}")
            if answer.status_code == 303:
                return self.page_of(answer)
            if answer.status_code == 422:
                self.lower()
            else:
                self.pause(1)
        return None

    def page_of(self, answer: requests.Response) -> str | None:
        """Return the payment page to which a checkout leads; None when it leads to an order that is paid."""
        address = answer.headers.get("Location", "")
        return address if address.startswith(f"{self.simulator}/pay/") else None

    def lower(self) -> None:
        """Take out what is sold out, and only one of everything else."""
        for availability, item in CART_LINE.findall(self.buyer.get("/cart").text):
            if availability == "out":
                self.buyer.post(f"/cart/items/{item}/remove", {})
            else:
                self.buyer.post(f"/cart/items/{item}", {"quantity": "1"})

    def pay(self, page: str, form: dict[str, str] | None = None) -> bool:
        """Pay; returns whether the payment page took it. Most people then come back to the shop."""
        answer = self.buyer.pay(page, form)
        if answer.status_code != 303:
            return False
        self.tally.note("payments")
        if self.random.random() < 0.7:
            self.buyer.get(answer.headers["Location"])
        return True

    def cancel(self, page: str) -> None:
        """Follow the payment page's link back to the shop, if it still has one."""
        link = BACK.search(self.buyer.get(page).text)
        if link is not None:
            self.buyer.get(unescape(link[1]))
