"""What was looked for in vain is counted: the words alone."""

import logging
import re
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, inspect, select
from sqlalchemy.orm import Session

from app.search import misses
from app.search.misses import count_miss, countable, list_misses
from app.search.models import SearchMiss

NOVEMBER = date(2026, 11, 1)


@pytest.fixture(autouse=True)
def _forget(shop_session: Session) -> None:
    """Begin each test with nothing counted."""
    shop_session.execute(delete(SearchMiss))
    shop_session.commit()


def counted(session: Session) -> dict[str, int]:
    session.rollback()
    return {miss.words: miss.times for miss in session.scalars(select(SearchMiss))}


def test_each_vain_search_is_counted_also_when_it_was_seen_before(
    shop_client: FlaskClient, shop_session: Session
) -> None:
    for query in ("Unicorn", "unicorn ", "UNICORN!"):
        assert "We found nothing" in shop_client.get("/search", query_string={"q": query}).text
    assert counted(shop_session) == {"unicorn": 3}


def test_a_search_that_finds_something_is_not_counted(
    shop_client: FlaskClient, shop_session: Session
) -> None:
    shop_client.get("/search?q=foam+roller")
    shop_client.get("/search/suggestions?q=unicorn")
    assert counted(shop_session) == {}


@pytest.mark.parametrize(
    "typed",
    [
        "zzjane@zzexample.org",
        "http://zzz.example",
        "www.zzz.example",
        "zzqx 5551234",
        "zz1980",
        "zz" * 40,
        "zzq wwx yyv qqk zzj",
        "🦄",
        "%%%",
    ],
)
def test_nothing_is_kept_that_may_name_somebody_or_is_no_word(
    shop_client: FlaskClient, shop_session: Session, typed: str
) -> None:
    assert shop_client.get("/search", query_string={"q": typed}).status_code == 200
    assert counted(shop_session) == {}


def test_the_table_knows_no_visitor_and_no_day() -> None:
    assert {column.key for column in inspect(SearchMiss).columns} == {"words", "month", "times"}


def test_a_month_is_kept_by_its_first_day(shop_session: Session) -> None:
    assert count_miss(shop_session, "unicorn", date(2026, 11, 22))
    assert [miss.month for miss in list_misses(shop_session, date(2026, 11, 30))] == [NOVEMBER]
    assert list_misses(shop_session, date(2026, 12, 1)) == []


def test_nonsense_fills_the_table_only_so_far(shop_session: Session) -> None:
    rows = [
        {"words": f"nonsense {place}", "month": NOVEMBER, "times": 1} for place in range(misses.MOST_ROWS)
    ]
    shop_session.bulk_insert_mappings(inspect(SearchMiss), rows)
    assert not count_miss(shop_session, "one more", NOVEMBER)
    assert count_miss(shop_session, "nonsense 7", NOVEMBER)


def test_staff_read_the_most_wanted_first(shop_app: Flask, shop_client: FlaskClient) -> None:
    for query in ("unicorn", "zebra", "zebra"):
        shop_client.get("/search", query_string={"q": query})
    output = shop_app.test_cli_runner().invoke(args=["searches", "misses"]).output
    assert re.findall(r"(\d+)  (\w+)", output) == [("2", "zebra"), ("1", "unicorn")]


def test_a_vain_search_stands_in_no_log(shop_client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    shop_client.get("/search?q=unicornwords")
    shop_client.get("/search/suggestions?q=unicornwords")
    assert "searches.show" in caplog.text
    assert "unicorn" not in caplog.text


def test_plain_words_are_countable() -> None:
    assert countable("  Inversion   Table ") == "inversion table"
