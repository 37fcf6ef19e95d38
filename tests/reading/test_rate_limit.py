"""Five questions an hour from one address; the sixth loses nothing."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.config import read_config
from app.factory import create_app
from app.session import close_database
from tests.reading.asking import TEXT, all_questions, send

NOBODY = "redis://127.0.0.1:9/0"


@pytest.fixture
def shared_app(shop_settings: dict[str, str], shop_engine: Engine, redis_url: str) -> Iterator[Flask]:
    """The seeded shop that counts in Redis."""
    assert shop_engine
    app = create_app(read_config({**shop_settings, "REDIS_URL": redis_url}))
    yield app
    close_database(app)


@pytest.fixture
def lonely_app(shop_settings: dict[str, str], shop_engine: Engine) -> Iterator[Flask]:
    """The seeded shop whose Redis does not answer."""
    assert shop_engine
    app = create_app(read_config({**shop_settings, "REDIS_URL": NOBODY}))
    yield app
    close_database(app)


def assert_sixth_is_refused(client: FlaskClient, session: Session) -> None:
    assert [send(client).status_code for _ in range(5)] == [303] * 5
    answer = send(client, f"{TEXT} <i>", email="maya@example.com")
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 3600
    assert "We can take 5 questions an hour" in answer.text
    assert f"{TEXT} &lt;i&gt;</textarea>" in answer.text
    assert 'value="maya@example.com"' in answer.text
    assert len(all_questions(session)) == 5


def test_the_sixth_question_within_an_hour_is_sent_back_with_its_words(
    shop_client: FlaskClient, shop_session: Session
) -> None:
    assert_sixth_is_refused(shop_client, shop_session)
    other = send(shop_client.application.test_client(), guide="stretching-basics")
    assert other.status_code == 429


def test_redis_counts_for_all_processes(shared_app: Flask, shop_session: Session) -> None:
    assert_sixth_is_refused(shared_app.test_client(), shop_session)


def test_a_redis_that_is_away_stops_nobody(lonely_app: Flask, shop_session: Session) -> None:
    client = lonely_app.test_client()
    assert [send(client).status_code for _ in range(6)] == [303] * 6
    assert len(all_questions(shop_session)) == 6


def test_another_address_has_its_own_count(shop_app: Flask, shop_session: Session) -> None:
    first, second = shop_app.test_client(), shop_app.test_client()
    second.environ_base["REMOTE_ADDR"] = "192.0.2.7"
    assert [send(first).status_code for _ in range(6)][-1] == 429
    assert send(second).status_code == 303
    assert len(all_questions(shop_session)) == 6


def test_a_header_of_a_proxy_makes_no_new_sender(shop_client: FlaskClient) -> None:
    answers = [
        shop_client.post(
            "/guides/heat-or-cold/questions",
            data={"question": TEXT},
            headers={"X-Forwarded-For": f"192.0.2.{number}"},
        ).status_code
        for number in range(6)
    ]
    assert answers[-1] == 429


def test_what_is_sent_back_for_a_mistake_does_not_count(shop_client: FlaskClient) -> None:
    assert [send(shop_client, "short").status_code for _ in range(8)] == [422] * 8
    assert send(shop_client).status_code == 303
