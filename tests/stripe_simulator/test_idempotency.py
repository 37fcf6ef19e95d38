"""Idempotency keys."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
import stripe

from dev.stripe_simulator.errors import ApiError
from dev.stripe_simulator.idempotency import Answer, IdempotencyKeys
from dev.stripe_simulator.simulator import Simulator
from tests.stripe_simulator.conftest import MovableClock
from tests.stripe_simulator.samples import order
from tests.stripe_simulator.simulator_process import SimulatorProcess

FORM = {"mode": "payment", "success_url": "https://shop.example/", "line_items[0][quantity]": "1"} | {
    f"line_items[0][price_data]{name}": value
    for name, value in {"[currency]": "usd", "[unit_amount]": "500", "[product_data][name]": "Ball"}.items()
}


def answered(status: int = 200, text: str = "{}", *, executed: bool = True) -> Answer:
    return Answer(status, text, "req_1", executed)


def test_replays_the_first_answer(running: SimulatorProcess) -> None:
    headers = {"Idempotency-Key": f"key-{uuid4()}"}
    first = running.api("POST", "/v1/checkout/sessions", data=FORM, headers=headers)
    again = running.api("POST", "/v1/checkout/sessions", data=dict(reversed(FORM.items())), headers=headers)
    assert "Idempotent-Replayed" not in first.headers
    assert again.headers["Idempotent-Replayed"] == "true"
    assert again.headers["Original-Request"] == first.headers["Request-Id"] != again.headers["Request-Id"]
    assert (again.status_code, again.text) == (first.status_code, first.text)


def test_creates_two_sessions_without_a_key(running: SimulatorProcess) -> None:
    first, second = (running.api("POST", "/v1/checkout/sessions", data=FORM).json()["id"] for _ in range(2))
    assert first != second


@pytest.mark.parametrize(
    ("path", "form"),
    [("/v1/checkout/sessions", FORM | {"client_reference_id": "other"}), ("/v1/refunds", FORM)],
)
def test_refuses_a_key_used_for_something_else(
    running: SimulatorProcess, path: str, form: dict[str, str]
) -> None:
    headers = {"Idempotency-Key": f"key-{uuid4()}"}
    running.api("POST", "/v1/checkout/sessions", data=FORM, headers=headers)
    other = running.api("POST", path, data=form, headers=headers)
    assert (other.status_code, other.json()["error"]["type"]) == (400, "idempotency_error")


def test_the_sdk_sees_the_misuse_as_an_idempotency_error(running: SimulatorProcess) -> None:
    options: stripe.RequestOptions = {"idempotency_key": f"key-{uuid4()}"}
    running.client.v1.checkout.sessions.create(params=order(), options=options)  # type: ignore[arg-type]
    with pytest.raises(stripe.IdempotencyError):
        running.client.v1.checkout.sessions.create(params=order(locale="en"), options=options)  # type: ignore[arg-type]


def test_keeps_nothing_when_validation_failed(running: SimulatorProcess) -> None:
    headers = {"Idempotency-Key": f"key-{uuid4()}"}
    bad = FORM | {"mode": "gift"}
    assert running.api("POST", "/v1/checkout/sessions", data=bad, headers=headers).status_code == 400
    good = running.api("POST", "/v1/checkout/sessions", data=FORM, headers=headers)
    assert (good.status_code, "Idempotent-Replayed" in good.headers) == (200, False)


def test_replays_a_refusal_that_came_after_execution_began(running: SimulatorProcess) -> None:
    session = running.paid_session(order())
    headers = {"Idempotency-Key": f"key-{uuid4()}"}
    path = f"/v1/checkout/sessions/{session.id}/expire"
    first, again = (running.api("POST", path, headers=headers) for _ in range(2))
    assert (first.status_code, again.status_code, again.text) == (400, 400, first.text)
    assert again.headers["Idempotent-Replayed"] == "true"


def test_concurrent_requests_with_one_key_create_one_session(running: SimulatorProcess) -> None:
    reference = f"concurrent-{uuid4()}"
    headers = {"Idempotency-Key": reference}
    form = FORM | {"client_reference_id": reference}
    with ThreadPoolExecutor(8) as pool:
        sent = [
            pool.submit(running.api, "POST", "/v1/checkout/sessions", data=form, headers=headers)
            for _ in range(8)
        ]
        answers = [answer.result() for answer in sent]
    assert {answer.status_code for answer in answers} <= {200, 409}
    assert len({answer.json()["id"] for answer in answers if answer.ok}) == 1
    listed = running.client.v1.checkout.sessions.list(params={"limit": 100})
    assert [session.client_reference_id for session in listed.data].count(reference) == 1


def test_answers_409_while_the_first_request_is_in_flight(still: Simulator, clock: MovableClock) -> None:
    keys = IdempotencyKeys(still.store, clock)

    def execute() -> Answer:
        with pytest.raises(ApiError) as refused:
            keys.answer_once("key", "digest", "req_2", answered)
        assert (refused.value.status, refused.value.code) == (409, "idempotency_key_in_use")
        return answered()

    assert keys.answer_once("key", "digest", "req_1", execute).status == 200


def test_replays_500s_too(still: Simulator, clock: MovableClock) -> None:
    keys = IdempotencyKeys(still.store, clock)
    keys.answer_once("key", "digest", "req_1", lambda: answered(500, "broken"))
    again = keys.answer_once("key", "digest", "req_2", answered)
    assert (again.status, again.body, again.replayed) == (500, "broken", True)


def test_forgets_a_key_after_24_hours(still: Simulator, clock: MovableClock) -> None:
    keys = IdempotencyKeys(still.store, clock)
    keys.answer_once("key", "digest", "req_1", lambda: answered(text="first"))
    clock.ahead = 24 * 60 * 60 - 60
    assert keys.answer_once("key", "digest", "req_2", answered).body == "first"
    clock.ahead = 24 * 60 * 60 + 1
    assert keys.answer_once("key", "digest", "req_3", lambda: answered(text="second")).body == "second"


def test_refuses_keys_beyond_255_characters(running: SimulatorProcess) -> None:
    answer = running.api("POST", "/v1/checkout/sessions", data=FORM, headers={"Idempotency-Key": "k" * 256})
    assert answer.status_code == 400
