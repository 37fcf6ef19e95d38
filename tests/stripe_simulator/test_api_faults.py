"""Requests whose answer is lost, comes late or is a server error."""

import time
from collections.abc import Iterator
from uuid import uuid4

import pytest
import requests
import stripe

from tests.stripe_simulator.samples import order
from tests.stripe_simulator.simulator_process import API_KEY, SimulatorProcess

SESSIONS = "/v1/checkout/sessions"


def count_sessions(own: SimulatorProcess) -> int:
    return len(own.client.v1.checkout.sessions.list(params={"limit": 100}).data)


@pytest.fixture
def patient(own: SimulatorProcess) -> Iterator[stripe.StripeClient]:
    """A client that repeats what failed, as the shop's does."""
    http = stripe.RequestsClient(timeout=10, session=requests.Session())
    yield stripe.StripeClient(
        API_KEY, max_network_retries=2, http_client=http, base_addresses={"api": own.base}
    )
    http.close()  # type: ignore[no-untyped-call]


def test_does_the_work_but_loses_the_reply(own: SimulatorProcess) -> None:
    own.act("faults", kind="lose-reply")
    options: stripe.RequestOptions = {"idempotency_key": f"key-{uuid4()}"}
    create = own.client.v1.checkout.sessions.create
    with pytest.raises(stripe.APIConnectionError):
        create(params=order(), options=options)  # type: ignore[arg-type]
    assert count_sessions(own) == 1
    again = create(params=order(), options=options)  # type: ignore[arg-type]
    assert count_sessions(own) == 1
    assert again.last_response is not None
    assert again.last_response.headers["Idempotent-Replayed"] == "true"
    assert own.stop() == (0, ""), "nothing was complained about"


def test_the_sdk_repeats_by_itself_what_lost_its_reply(
    own: SimulatorProcess, patient: stripe.StripeClient
) -> None:
    own.act("faults", kind="lose-reply", count=2)
    patient.v1.checkout.sessions.create(params=order())  # type: ignore[arg-type]
    assert count_sessions(own) == 1


def test_answers_500_without_doing_it(own: SimulatorProcess, patient: stripe.StripeClient) -> None:
    own.act("faults", kind="server-error", match=f"POST {SESSIONS}", count=3)
    options: stripe.RequestOptions = {"idempotency_key": f"key-{uuid4()}"}
    with pytest.raises(stripe.APIError) as failed:
        patient.v1.checkout.sessions.create(params=order(), options=options)  # type: ignore[arg-type]
    assert failed.value.http_status == 500
    assert count_sessions(own) == 0
    patient.v1.checkout.sessions.create(params=order(), options=options)  # type: ignore[arg-type]
    assert count_sessions(own) == 1


def test_answers_late(own: SimulatorProcess) -> None:
    own.act("faults", kind="slow", seconds=0.6)
    began = time.monotonic()
    own.new_session(order())
    assert time.monotonic() - began >= 0.6
    began = time.monotonic()
    own.new_session(order())
    assert time.monotonic() - began < 0.5


def test_a_late_answer_holds_up_no_other_request(own: SimulatorProcess) -> None:
    own.act("faults", kind="slow", seconds=2, match=f"POST {SESSIONS}")
    session = requests.Session()
    with pytest.raises(requests.Timeout):
        session.post(
            f"{own.base}{SESSIONS}",
            data={"bogus": "1"},
            headers={"Authorization": f"Bearer {API_KEY}"},
            timeout=0.2,
        )
    session.close()
    began = time.monotonic()
    assert count_sessions(own) == 0
    assert time.monotonic() - began < 0.5


def test_strikes_only_the_method_and_path_meant(own: SimulatorProcess) -> None:
    own.act("faults", kind="server-error", match="POST /v1/refunds")
    own.act("faults", kind="server-error", match="/v1/events")
    session = own.new_session(order())
    assert own.client.v1.refunds.list().data == []
    assert own.api("GET", "/v1/events").status_code == 500
    assert own.api("GET", "/v1/events").status_code == 200
    assert own.api("POST", "/v1/refunds", data={"charge": "ch_x"}).status_code == 500
    assert own.session(session.id).status == "open"
