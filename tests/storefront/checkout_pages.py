"""The checkout page as a shopper without scripts fills it in and reads it."""

from dataclasses import dataclass

from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.inventory.models import Reservation
from app.orders.models import Order
from tests.buyer import ADDRESS, hidden
from tests.storefront.reader import Tags

SKU = "FR-DRF-30-TEA"


@dataclass(frozen=True)
class CheckoutAnswer:
    """What came back of a form that was sent."""

    status: int
    text: str
    tags: Tags

    def value_of(self, name: str) -> str:
        """Return what a text field holds."""
        [field] = [each for each in self.tags.named("input") if each.get("name") == name]
        return field["value"]

    def has_error_beside(self, name: str) -> bool:
        """Whether a field has a message, and points to it."""
        messages = [each for each in self.tags.having("id") if each["id"] == f"{name}-error"]
        if name == "delivery_method":
            return len(messages) == 1
        [field] = [each for each in self.tags.having("name") if each["name"] == name]
        points = f"{name}-error" in field.get("aria-describedby", "").split()
        return len(messages) == 1 and points and field.get("aria-invalid") == "true"

    def fields_with_errors(self) -> set[str]:
        """Return the names of all fields with a message."""
        ids = {each["id"] for each in self.tags.having("id") if each["id"].endswith("-error")}
        return {each.removesuffix("-error") for each in ids}


def read_answer(response: TestResponse) -> CheckoutAnswer:
    """Read a page."""
    text = response.get_data(as_text=True)
    return CheckoutAnswer(response.status_code, text, Tags(text))


def fill_in(client: FlaskClient, **changes: str) -> dict[str, str]:
    """Return a good form with some changes, for a cart with something in it."""
    assert client.post("/cart/items", data={"sku": SKU, "quantity": "2"}).status_code == 303
    token = hidden(client.get("/checkout").get_data(as_text=True), "csrf_token")
    return {
        **ADDRESS,
        "delivery_method": "standard",
        "acknowledge_cautions": "y",
        "csrf_token": token,
        **changes,
    }


def assert_nothing_placed(session: Session) -> None:
    """No order, no stock held."""
    session.rollback()
    for model in (Order, Reservation):
        assert session.scalar(select(func.count()).select_from(model)) == 0
