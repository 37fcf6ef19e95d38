"""The headers that guard every kind of answer."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.config import Config, read_config
from app.factory import create_app
from app.session import close_database
from tests.conftest import NOWHERE

Ask = Callable[[FlaskClient], TestResponse]
ANSWERS: dict[str, tuple[int, Ask]] = {
    "page": (200, lambda client: client.get("/")),
    "head": (200, lambda client: client.head("/")),
    "personal page": (200, lambda client: client.get("/cart")),
    "redirect": (303, lambda client: client.get("/checkout")),
    "not found": (404, lambda client: client.get("/nowhere")),
    "wrong method": (405, lambda client: client.delete("/")),
    "refused": (403, lambda client: client.post("/cart/items", headers={"Sec-Fetch-Site": "cross-site"})),
    "invalid": (422, lambda client: client.post("/cart/items", data={"sku": "NONE"})),
    "static": (200, lambda client: client.get("/static/css/base.css", buffered=True)),
    "missing static": (404, lambda client: client.get("/static/css/none.css")),
    "media": (200, lambda client: client.get("/media/picture-1a2b3c4d-320.webp", buffered=True)),
    "missing media": (404, lambda client: client.get("/media/none.webp")),
    "health": (200, lambda client: client.get("/healthz")),
    "webhook": (400, lambda client: client.post("/webhooks/stripe", data=b"{}")),
    "options": (200, lambda client: client.options("/")),
}


@pytest.fixture
def client(shop_client: FlaskClient, shop_config: Config) -> FlaskClient:
    shop_config.media_dir.mkdir(parents=True, exist_ok=True)
    (shop_config.media_dir / "picture-1a2b3c4d-320.webp").write_bytes(b"RIFF")
    return shop_client


def policy(answer: TestResponse) -> dict[str, set[str]]:
    parts = (part.split() for part in answer.headers["Content-Security-Policy"].split(";"))
    return {name: set(values) for name, *values in parts}


@pytest.mark.parametrize("kind", ANSWERS)
def test_every_answer_is_guarded(client: FlaskClient, kind: str) -> None:
    status, ask = ANSWERS[kind]
    answer = ask(client)
    assert answer.status_code == status
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "payment=()" in answer.headers["Permissions-Policy"]
    assert answer.headers["Cache-Control"]
    rules = policy(answer)
    assert rules["default-src"] == rules["base-uri"] == rules["frame-ancestors"] == {"'none'"}
    assert rules["script-src"] == rules["style-src"] == {"'self'"}
    forms = rules.pop("form-action")
    assert set().union(*rules.values()) == {"'none'", "'self'"}, "nothing inline and nobody else"
    local = {f"{scheme}://{host}:*" for scheme in ("http", "https") for host in ("127.0.0.1", "localhost")}
    assert forms == {"'self'", "https://checkout.stripe.com", NOWHERE} | local


def test_what_is_not_for_everyone_is_kept_by_nobody(client: FlaskClient) -> None:
    kept = {
        path: client.get(path).headers["Cache-Control"]
        for path in ("/cart", "/checkout", "/nowhere", "/healthz")
    }
    assert set(kept.values()) == {"private, no-store"}, kept


def test_production_insists_on_https_and_sends_forms_to_stripe_only(
    shop_address: str, tmp_path: Path
) -> None:
    app = create_app(
        read_config(
            {
                "SHOP_ENV": "production",
                "SECRET_KEY": "k" * 32,
                "BASE_URL": "https://shop.example",
                "STRIPE_API_KEY": "sk_live_of_the_tests",
                "STRIPE_WEBHOOK_SECRET": "whsec_of_the_tests",
                "DATABASE_URL": shop_address,
                "DATA_DIR": str(tmp_path),
            }
        )
    )
    client = app.test_client()
    answer = client.get("/healthz")
    assert policy(answer)["form-action"] == {"'self'", "https://checkout.stripe.com"}
    assert int(answer.headers["Strict-Transport-Security"].split(";")[0].partition("=")[2]) >= 365 * 24 * 3600
    close_database(app)


def test_development_does_not_ask_browsers_to_insist_on_https(client: FlaskClient) -> None:
    assert "Strict-Transport-Security" not in client.get("/").headers


def test_cart_cookies_go_to_this_site_only_and_hide_the_cart(client: FlaskClient) -> None:
    answer = client.post("/cart/items", data={"sku": "FR-DRF-30-TEA"})
    cookies = {line.partition("=")[0]: line for line in answer.headers.getlist("Set-Cookie")}
    assert cookies.keys() == {"cart", "cart_count"}
    assert all("SameSite=Lax" in line for line in cookies.values())
    assert "HttpOnly" in cookies["cart"]
    assert "HttpOnly" not in cookies["cart_count"]
