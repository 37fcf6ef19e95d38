"""A measure of a body leaves no trace: no address, no cookie, no log line, no row."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Connection, Engine, event

from tests.foundation.log_output import LogOutput
from tests.sizing.finder import ask
from tests.storefront.reader import Tags, read

BELT = "keelrow-light-lumbar-belt"
TYPED = [("87.31417", "cm"), ("201.31417", "cm"), ("87.31417x", "cm"), ("9987.3", "cm")]


@pytest.mark.parametrize(("measure", "unit"), TYPED, ids=["found", "not made", "unreadable", "absurd"])
def test_the_answer_is_not_kept_by_anyone(
    shop_client: FlaskClient, log_output: LogOutput, measure: str, unit: str
) -> None:
    with written_statements() as written:
        response = ask(shop_client, BELT, measure, unit)
    assert response.status_code in {200, 422}
    assert "no-store" in response.headers["Cache-Control"]
    assert "Set-Cookie" not in response.headers
    assert "Location" not in response.headers
    assert "ETag" not in response.headers
    assert not any(measure in value for value in response.headers.values())
    assert len(log_output.requests()) == 1
    assert measure not in log_output.text
    assert "87.31" not in log_output.text
    assert written == []


@pytest.mark.parametrize(("measure", "unit"), TYPED[:2], ids=["found", "not made"])
def test_no_link_of_the_answer_carries_the_measure(shop_client: FlaskClient, measure: str, unit: str) -> None:
    tags = Tags(ask(shop_client, BELT, measure, unit).text)
    addresses = [tag.get("href") or tag.get("action") or "" for _, tag in tags.found]
    assert any(addresses)
    assert not [address for address in addresses if measure in address or "measure=" in address]


def test_a_measure_in_the_address_is_not_read(shop_client: FlaskClient) -> None:
    page = read(shop_client, f"/products/{BELT}/size?measure=86&unit=cm")
    assert "Your size is" not in page
    assert 'value="86"' not in page
    assert shop_client.post(f"/products/{BELT}/size?measure=86&unit=cm").status_code == 422


def test_the_form_sends_its_fields_in_the_body(shop_client: FlaskClient) -> None:
    forms = Tags(read(shop_client, f"/products/{BELT}/size")).named("form")
    assert [(each["method"], each["action"]) for each in forms] == [
        ("get", "/search"),
        ("post", f"/products/{BELT}/size"),
    ]


def test_another_site_cannot_send_a_measure(shop_client: FlaskClient) -> None:
    response = shop_client.post(
        f"/products/{BELT}/size",
        data={"measure": "86", "unit": "cm"},
        headers={"Sec-Fetch-Site": "cross-site"},
    )
    assert response.status_code == 403


def test_the_question_is_the_same_for_everyone_after_an_answer(shop_client: FlaskClient) -> None:
    before = read(shop_client, f"/products/{BELT}/size")
    ask(shop_client, BELT, "86", "cm")
    assert read(shop_client, f"/products/{BELT}/size") == before


@contextmanager
def written_statements() -> Iterator[list[str]]:
    """Every statement meanwhile that is not a read."""
    written: list[str] = []

    def note(_connection: Connection, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.lstrip().upper().startswith(("SELECT", "PRAGMA")):
            written.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield written
    finally:
        event.remove(Engine, "before_cursor_execute", note)
