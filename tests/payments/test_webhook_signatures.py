"""Only what Stripe has signed, and what is an event, gets in."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.live_shop import WEBHOOK_SECRET
from tests.payments.books import stored_events
from tests.payments.signed_events import ADDRESS, event_about, signed

EVENT = event_about("cs_test_nothing").body
SPOILED = {
    "nothing": "",
    "nonsense": "not a signature",
    "not a time": "t=noon,v1={digest}",
    "no time": "v1={digest}",
    "no digest": "t={stamp}",
    "empty digest": "t={stamp},v1=",
    "wrong digest": "t={stamp},v1=" + "0" * 64,
    "other scheme only": "t={stamp},v0={digest}",
    "another time than was signed": "t={stamp}0,v1={digest}",
    "letters of another alphabet": "t={stamp},v1=\u00e9",
}
NOT_EVENTS = {
    "nothing": b"",
    "list": b"[]",
    "list of events": b"[" + EVENT + b"]",
    "null": b"null",
    "text": b'"evt_test"',
    "number": b"7",
    "empty object": b"{}",
    "cut off": EVENT[:-2],
    "not UTF-8": b'{"id": "\xff\xfe"}',
    "form": b"id=evt_test&type=checkout.session.completed",
    "no data": b'{"id": "evt_test", "object": "event", "type": "checkout.session.completed"}',
    "no session": EVENT.replace(b'"id": "cs_test_nothing", ', b""),
    "text for data": EVENT.replace(EVENT[EVENT.index(b'"data"') : -1], b'"data": "cs_test_nothing"'),
    "text for session": EVENT.replace(EVENT[EVENT.index(b'"data"') : -1], b'"data": {"object": "cs_test"}'),
    "number for id": EVENT.replace(EVENT[1 : EVENT.index(b",")], b'"id": 7'),
    "list for id": EVENT.replace(EVENT[1 : EVENT.index(b",")], b'"id": ["evt_test"]'),
    "number for type": EVENT.replace(b'"checkout.session.completed"', b"7"),
}


def test_refuses_a_spoiled_signature(shop_client: FlaskClient, shop_session: Session) -> None:
    for case, text in SPOILED.items():
        stamp, digest = (part.partition("=")[2] for part in signed(EVENT)["Stripe-Signature"].split(","))
        headers = {"Stripe-Signature": text.format(stamp=stamp, digest=digest)}
        assert shop_client.post(ADDRESS, data=EVENT, headers=headers).status_code == 400, case
    assert stored_events(shop_session) == []


@pytest.mark.parametrize(("secret", "age"), [("whsec_of_somebody_else", 0), ("", 0), (WEBHOOK_SECRET, 360)])
def test_refuses_the_signature_of_somebody_else_or_of_long_ago(
    shop_client: FlaskClient, shop_session: Session, secret: str, age: int
) -> None:
    headers = signed(EVENT, secret, age)
    assert shop_client.post(ADDRESS, data=EVENT, headers=headers).status_code == 400
    assert stored_events(shop_session) == []


def test_refuses_an_event_without_a_signature(shop_client: FlaskClient, shop_session: Session) -> None:
    assert shop_client.post(ADDRESS, data=EVENT).status_code == 400
    assert stored_events(shop_session) == []


def test_refuses_a_body_that_was_changed_after_signing(
    shop_client: FlaskClient, shop_session: Session
) -> None:
    changed = EVENT.replace(b"cs_test_nothing", b"cs_test_another")
    assert shop_client.post(ADDRESS, data=changed, headers=signed(EVENT)).status_code == 400
    assert shop_client.post(ADDRESS, data=EVENT + b" ", headers=signed(EVENT)).status_code == 400
    assert stored_events(shop_session) == []


def test_refuses_what_is_signed_but_no_event(shop_client: FlaskClient, shop_session: Session) -> None:
    for case, body in NOT_EVENTS.items():
        assert body != EVENT
        assert shop_client.post(ADDRESS, data=body, headers=signed(body)).status_code == 400, case
    assert stored_events(shop_session) == []


def test_refuses_a_body_that_is_too_large(shop_client: FlaskClient, shop_session: Session) -> None:
    body = b" " * (1024 * 1024 + 1)
    assert shop_client.post(ADDRESS, data=body, headers=signed(body)).status_code == 413
    assert stored_events(shop_session) == []


def test_reads_an_event_as_large_as_stripes_can_be(shop_client: FlaskClient) -> None:
    body = event_about("cs_test_nothing", "charge.updated").body + b" " * 700_000
    assert shop_client.post(ADDRESS, data=body, headers=signed(body)).status_code == 200


def test_takes_events_from_a_server_that_names_another_origin(shop_client: FlaskClient) -> None:
    body = event_about("ch_test_1", "charge.updated").body
    headers = {**signed(body), "Origin": "https://stripe.example", "Sec-Fetch-Site": "cross-site"}
    assert shop_client.post(ADDRESS, data=body, headers=headers).status_code == 200


def test_keeps_an_event_of_another_kind_once(shop_client: FlaskClient, shop_session: Session) -> None:
    event = event_about("ch_test_1", "charge.updated")
    assert [event.send_to(shop_client).status_code for _ in range(3)] == [200, 200, 200]
    assert stored_events(shop_session) == [(event.id, "not-for-the-shop")]


def test_takes_posts_only(shop_client: FlaskClient) -> None:
    for method in ("GET", "PUT", "DELETE", "PATCH"):
        assert shop_client.open(ADDRESS, method=method).status_code == 405
