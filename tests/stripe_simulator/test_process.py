"""Starting and stopping."""

import signal
import socket
import time
from dataclasses import replace
from pathlib import Path

import pytest

from dev.stripe_simulator.settings import Settings, refusal
from tests.stripe_simulator.samples import order
from tests.stripe_simulator.simulator_process import SimulatorProcess, start
from tests.stripe_simulator.webhook_receiver import Delivery, WebhookReceiver

GOOD = Settings(
    host="127.0.0.1",
    port=8010,
    state=Path("state.db"),
    webhook_url="http://127.0.0.1:9/webhooks/stripe",
    webhook_secret="whsec_x",
    api_key="sk_test_x",
)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"api_key": "sk_live_x"}, "sk_test_"),
        ({"api_key": "rk_test_x"}, "sk_test_"),
        ({"api_key": "sk_test_"}, "sk_test_"),
        ({"webhook_secret": "secret"}, "whsec_"),
        ({"webhook_secret": ""}, "whsec_"),
        ({"webhook_url": "/webhooks"}, "--webhook-url"),
        ({"webhook_url": "ftp://127.0.0.1/"}, "--webhook-url"),
        ({"host": "0.0.0.0"}, "loopback"),  # noqa: S104
        ({"host": "192.0.2.1"}, "loopback"),
        ({"host": "::"}, "loopback"),
        ({"host": "shop.example"}, "loopback"),
        ({"host": ""}, "loopback"),
    ],
)
def test_refuses_settings_that_could_do_harm(changes: dict[str, str], reason: str) -> None:
    refused = refusal(replace(GOOD, **changes), {})  # type: ignore[arg-type]
    assert refused is not None
    assert reason in refused


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.10", "::1", "localhost"])
def test_starts_on_every_loopback_address(host: str) -> None:
    assert refusal(replace(GOOD, host=host), {"SHOP_ENV": "development"}) is None


@pytest.mark.parametrize(
    ("key", "environment", "reason"),
    [("sk_test_x", "production", "production"), ("sk_live_x", "development", "sk_test_")],
)
def test_does_not_start_when_it_refuses(tmp_path: Path, key: str, environment: str, reason: str) -> None:
    arguments = ["--state", str(tmp_path / "state.db"), "--webhook-url", GOOD.webhook_url]
    secrets = ["--webhook-secret", GOOD.webhook_secret, "--api-key", key]
    process = start([*arguments, *secrets], SHOP_ENV=environment)
    _, errors = process.communicate(timeout=10)
    assert process.returncode == 2
    assert reason in errors
    assert "Traceback" not in errors
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_stops_promptly_and_quietly_even_in_the_middle_of_a_delivery(
    own: SimulatorProcess, own_receiver: WebhookReceiver, number: int
) -> None:
    def dawdle(_: Delivery) -> int:
        time.sleep(3)
        return 200

    own_receiver.answer = dawdle
    session = own.paid_session(order())
    own_receiver.wait_for(session.id, "checkout.session.completed")
    began = time.monotonic()
    status, errors = own.stop(number)
    assert time.monotonic() - began < 1.5
    assert (status, errors) == (0, "")
    with pytest.raises(ConnectionRefusedError), socket.create_connection(("127.0.0.1", own.port)):
        pass


def test_a_restart_loses_nothing(own: SimulatorProcess) -> None:
    key = {"Idempotency-Key": "before the restart"}
    session = own.paid_session(order())
    waiting = own.new_session(order())
    first = own.api("POST", f"/v1/checkout/sessions/{waiting.id}/expire", headers=key)
    own.process.kill()
    own.process.communicate(timeout=5)
    own.run()
    assert own.session(session.id).payment_status == "paid"
    again = own.api("POST", f"/v1/checkout/sessions/{waiting.id}/expire", headers=key)
    assert (again.text, again.headers["Idempotent-Replayed"]) == (first.text, "true")


def test_says_that_it_is_up(running: SimulatorProcess) -> None:
    answer = running.web.get(f"{running.base}/healthz", timeout=10)
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
