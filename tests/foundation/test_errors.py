"""Error pages: what happened and what to do next, with a request id and never a stack trace."""

import re

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.factory import LARGEST_FORM
from tests.foundation.log_output import LogOutput

INSIDES = ("Traceback", "sqlalchemy", "psycopg", "sqlite", "no such table", "does not exist", "SELECT", ".py")


def assert_is_error_page(answer: TestResponse, status: int, title: str) -> None:
    assert answer.status_code == status
    assert answer.mimetype == "text/html"
    assert f"<h1>{title}</h1>" in answer.text
    assert f"<code>{answer.headers['X-Request-Id']}</code>" in answer.text
    assert 'href="/products"' in answer.text
    assert [word for word in INSIDES if word in answer.text] == []


@pytest.mark.parametrize("path", ["/nowhere", "/products/none", "/static/none.css", "/orders/ABC?token=x"])
def test_an_unknown_address_is_not_found(shop_client: FlaskClient, path: str) -> None:
    assert_is_error_page(shop_client.get(path), 404, "We cannot find that page")


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("POST", "/products", {"GET", "HEAD", "OPTIONS"}),
        ("DELETE", "/", {"GET", "HEAD", "OPTIONS"}),
        ("GET", "/cart/items", {"POST", "OPTIONS"}),
        ("GET", "/webhooks/stripe", {"POST", "OPTIONS"}),
        ("PUT", "/checkout", {"GET", "HEAD", "OPTIONS", "POST"}),
    ],
)
def test_a_wrong_method_is_told_which_are_right(
    shop_client: FlaskClient, method: str, path: str, allowed: set[str]
) -> None:
    answer = shop_client.open(path, method=method)
    assert_is_error_page(answer, 405, "That does not work here")
    assert set(answer.headers["Allow"].split(", ")) == allowed


@pytest.mark.parametrize("path", ["/cart/items", "/cart/items/1", "/checkout", "/checkout/summary"])
def test_an_oversized_form_is_too_large(shop_client: FlaskClient, path: str) -> None:
    answer = shop_client.post(path, data={"sku": "x" * (LARGEST_FORM + 1)})
    assert_is_error_page(answer, 413, "That is too much at once")


def test_a_form_of_thousands_of_fields_is_too_large(shop_client: FlaskClient) -> None:
    fields = {f"field{number}": "x" for number in range(2000)}
    answer = shop_client.post("/cart/items", data=fields, content_type="multipart/form-data")
    assert_is_error_page(answer, 413, "That is too much at once")


def test_a_form_just_within_the_limit_is_read(shop_client: FlaskClient) -> None:
    answer = shop_client.post("/cart/items", data={"sku": "x" * (LARGEST_FORM - 100)})
    assert answer.status_code == 422


def test_a_failure_shows_the_number_under_which_the_log_tells_everything(
    bare_client: FlaskClient, log_output: LogOutput
) -> None:
    answer = bare_client.get("/products")
    assert_is_error_page(answer, 500, "Something went wrong on our side")
    failure, request = log_output.lines
    assert failure["level"] == "error"
    assert "Traceback" in failure["exception"]
    assert failure["request_id"] == request["request_id"] == answer.headers["X-Request-Id"]
    assert request["status"] == 500


def test_a_failure_is_guarded_and_kept_by_nobody(bare_client: FlaskClient) -> None:
    answer = bare_client.get("/")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]


def test_a_failure_of_a_form_shows_no_insides(bare_client: FlaskClient) -> None:
    answer = bare_client.post("/cart/items", data={"sku": "FR-DRF-30-TEA"})
    assert_is_error_page(answer, 500, "Something went wrong on our side")


def test_every_request_has_a_number_of_its_own(shop_client: FlaskClient) -> None:
    numbers = [shop_client.get("/nowhere").headers["X-Request-Id"] for _ in range(5)]
    assert len(set(numbers)) == 5
    assert all(re.fullmatch(r"[0-9a-f]{32}", number) for number in numbers)


def test_a_number_from_outside_is_not_believed(shop_client: FlaskClient) -> None:
    answer = shop_client.get("/nowhere", headers={"X-Request-Id": "forged"})
    assert "forged" not in answer.text + answer.headers["X-Request-Id"]


def test_an_error_page_repeats_nothing_of_the_address_unescaped(shop_client: FlaskClient) -> None:
    page = shop_client.get("/<script>alert(1)</script>?a=<script>alert(2)</script>").text
    assert "alert(" not in page
