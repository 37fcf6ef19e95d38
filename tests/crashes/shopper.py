"""A browser that is used by one buyer after another, each with a cart and an address of their own."""

from dataclasses import dataclass

import requests

from tests.buyer import ADDRESS, Buyer, hidden

SESSION = "session"


@dataclass
class Shopper(Buyer):
    """Keeps the checkout form of its first visit, which saves a page for everyone who comes after."""

    front: str = ""
    form_token: str = ""

    def get(self, path: str) -> requests.Response:
        """Visit a page; the shop's address leads to the process that is alive."""
        return super().get(path.replace(self.front, self.shop))

    def take_new_cart(self) -> None:
        """Forget whose cart it was."""
        session = self.http.cookies.get(SESSION)
        self.http.cookies.clear()
        if session:
            self.http.cookies.set(SESSION, session, domain="127.0.0.1", path="/")

    def checkout(self, **changes: str) -> requests.Response:
        """Send the checkout form."""
        self.form_token = self.form_token or hidden(self.get("/checkout").text, "csrf_token")
        form = {
            **ADDRESS,
            "csrf_token": self.form_token,
            "delivery_method": "standard",
            "acknowledge_cautions": "y",
            **changes,
        }
        return self.post("/checkout", form)
