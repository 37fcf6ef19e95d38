"""What holds for every request to the API."""

import json

import pytest
import stripe

from tests.stripe_simulator.samples import order
from tests.stripe_simulator.simulator_process import API_KEY, SimulatorProcess


def test_answers_401_for_another_key(running: SimulatorProcess) -> None:
    client = stripe.StripeClient(
        "sk_test_other", base_addresses={"api": running.base}, http_client=running.http
    )
    with pytest.raises(stripe.AuthenticationError) as refused:
        client.v1.checkout.sessions.list()
    assert (refused.value.http_status, API_KEY in str(refused.value)) == (401, False)


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer "}, {"Authorization": "Basic !"}])
def test_answers_401_without_a_key(running: SimulatorProcess, headers: dict[str, str]) -> None:
    answer = running.web.get(f"{running.base}/v1/events", headers=headers, timeout=10)
    assert (answer.status_code, answer.json()["error"]["type"]) == (401, "invalid_request_error")
    assert "WWW-Authenticate" in answer.headers


def test_takes_the_key_as_user_name_too(running: SimulatorProcess) -> None:
    answer = running.web.get(f"{running.base}/v1/events", auth=(API_KEY, ""), timeout=10)
    assert answer.status_code == 200


def test_every_answer_has_a_request_id_and_the_version_asked_for(running: SimulatorProcess) -> None:
    good = running.api("GET", "/v1/events", headers={"Stripe-Version": "2026-10-28.endive"})
    bad = running.api("GET", "/v1/events/evt_unknown")
    assert good.headers["Stripe-Version"] == "2026-10-28.endive"
    assert bad.headers["Stripe-Version"] == stripe.api_version
    assert good.headers["Request-Id"].startswith("req_")
    assert good.headers["Request-Id"] != bad.headers["Request-Id"]


def test_errors_have_stripes_shape(running: SimulatorProcess) -> None:
    answer = running.api("POST", "/v1/checkout/sessions", data={"mode": "payment", "bogus": "1"})
    error = answer.json()["error"]
    assert answer.status_code == 400
    assert (error["type"], error["code"], error["param"]) == (
        "invalid_request_error",
        "parameter_unknown",
        "bogus",
    )
    assert "bogus" in error["message"]


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/v1/unknown"), ("DELETE", "/v1/checkout/sessions"), ("POST", "/v1/payment_intents")],
)
def test_answers_404_for_what_it_does_not_offer(running: SimulatorProcess, method: str, path: str) -> None:
    answer = running.api(method, path)
    assert (answer.status_code, answer.json()["error"]["type"]) == (404, "invalid_request_error")


def test_refuses_a_version_that_is_none(running: SimulatorProcess) -> None:
    assert running.api("GET", "/v1/events", headers={"Stripe-Version": "newest"}).status_code == 400


def test_refuses_names_that_make_no_sense(running: SimulatorProcess) -> None:
    assert running.api("POST", "/v1/refunds", data={"a[b": "1"}).status_code == 400


@pytest.mark.parametrize("path", ["charges", "disputes", "events", "payment_intents", "refunds"])
def test_answers_404_for_objects_it_does_not_have(running: SimulatorProcess, path: str) -> None:
    answer = running.api("GET", f"/v1/{path}/unknown")
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "resource_missing")


def test_lists_have_stripes_shape(running: SimulatorProcess) -> None:
    running.new_session(order())
    answer = running.api("GET", "/v1/checkout/sessions?limit=1&expand[]=data.line_items").json()
    assert (answer["object"], answer["url"], len(answer["data"])) == ("list", "/v1/checkout/sessions", 1)
    assert answer["data"][0]["line_items"]["object"] == "list"


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=101",
        "limit=few",
        "starting_after=cs_test_unknown",
        "starting_after=a&ending_before=b",
        "bogus=1",
    ],
)
def test_refuses_pages_that_make_no_sense(running: SimulatorProcess, query: str) -> None:
    assert running.api("GET", f"/v1/checkout/sessions?{query}").status_code == 400


def test_pages_forward_and_backward_without_gap(own: SimulatorProcess) -> None:
    made = [own.new_session(order()).id for _ in range(5)][::-1]
    sessions = own.client.v1.checkout.sessions
    assert [item.id for item in sessions.list(params={"limit": 2}).auto_paging_iter()] == made
    after = sessions.list(params={"limit": 2, "starting_after": made[1]})
    assert ([item.id for item in after.data], after.has_more) == (made[2:4], True)
    before = sessions.list(params={"limit": 2, "ending_before": made[3]})
    assert ([item.id for item in before.data], before.has_more) == (made[1:3], True)
    first = sessions.list(params={"limit": 2, "ending_before": made[1]})
    assert ([item.id for item in first.data], first.has_more) == (made[:1], False)


def test_objects_have_all_fields_that_stripe_requires(running: SimulatorProcess) -> None:
    required = {
        "payment_intent": "created id livemode object amount currency latest_charge metadata status",
        "charge": "amount amount_captured amount_refunded billing_details captured created currency"
        " disputed id livemode metadata object paid refunded status payment_method_details"
        " balance_transaction",
        "checkout.session": "automatic_tax created custom_fields custom_text excluded_payment_method_types"
        " expires_at id livemode mode object payment_method_types payment_status shipping_options status url"
        " customer_details collected_information total_details shipping_cost",
    }
    session = json.loads(str(running.paid_session(order())))
    intent = session["payment_intent"]
    for found in (session, intent, intent["latest_charge"]):
        expected = set(required[found["object"]].split())
        assert expected <= found.keys()
