"""Staff see which reviews are due, and are reminded once of each."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import clock
from app.catalog.models import Product
from app.guidance.models import Grade, Recommendation
from app.guidance.review import GRACE
from app.jobs.remind_reviews import remind_reviews
from app.outbox.models import Message
from tests.reading.asking import run
from tests.reading.conftest import Age

GUIDE = "dry-needling-and-ims"

pytestmark = pytest.mark.usefixtures("shop_engine")


def remind(app: Flask) -> str:
    with app.app_context():
        return remind_reviews().text


def told(session: Session) -> list[tuple[str, str]]:
    session.rollback()
    rows = session.scalars(select(Message).where(Message.kind == "review-due").order_by(Message.id))
    return [(row.facts["guide"], row.facts["state"]) for row in rows]


def test_nothing_is_due_in_a_shop_that_is_new(shop_app: Flask, age: Age) -> None:
    age(GUIDE, -61)
    assert run(shop_app, "guides", "due") == (0, "No guide is due for review in the next 60 days.\n")


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-60, "current, due in 60 days"),
        (0, "overdue for 0 days"),
        (GRACE.days - 1, "overdue for 59 days"),
        (GRACE.days, "lapsed, overdue for 60 days"),
    ],
)
def test_staff_see_what_is_due_with_its_state_and_what_hangs_on_it(
    shop_app: Flask, shop_session: Session, age: Age, days: int, words: str
) -> None:
    guide = age(GUIDE, days)
    claims = shop_session.scalar(
        select(func.count())
        .select_from(Recommendation)
        .join(Product)
        .where(
            Recommendation.guide_id == guide.id, Recommendation.grade != Grade.AGAINST, Product.is_published
        )
    )
    code, listed = run(shop_app, "guides", "due")
    [line] = listed.splitlines()
    assert code == 0
    assert line.startswith(f"{GUIDE}  {words} ({guide.next_review})")
    assert f"claims on {claims} products" in line


def test_the_longest_overdue_guide_is_named_first(shop_app: Flask, age: Age) -> None:
    age(GUIDE, 3)
    age("heat-or-cold", 90)
    age("stretching-basics", -30)
    lines = run(shop_app, "guides", "due")[1].splitlines()
    assert [line.split()[0] for line in lines] == ["heat-or-cold", GUIDE, "stretching-basics"]


def test_staff_are_reminded_once_of_each_state(shop_app: Flask, shop_session: Session, age: Age) -> None:
    age(GUIDE, -31)
    assert remind(shop_app) == "No review is due in the next 30 days."
    assert told(shop_session) == []
    for _ in range(2):
        age(GUIDE, -30)
        assert remind(shop_app) == f"Reviews: {GUIDE} in 30 days."
    assert told(shop_session) == [(GUIDE, "current")]


@pytest.mark.parametrize(("days", "state"), [(-1, "current"), (0, "overdue"), (GRACE.days, "lapsed")])
def test_a_reminder_names_the_state_of_its_day(
    shop_app: Flask, shop_session: Session, age: Age, days: int, state: str
) -> None:
    age(GUIDE, days)
    remind(shop_app)
    remind(shop_app)
    assert told(shop_session) == [(GUIDE, state)]


def test_a_guide_that_was_reviewed_is_reminded_of_again_when_its_next_date_comes(
    shop_app: Flask, shop_session: Session, age: Age
) -> None:
    age(GUIDE, 5)
    remind(shop_app)
    age(GUIDE, 1)
    remind(shop_app)
    assert told(shop_session) == [(GUIDE, "overdue")] * 2


def test_the_clock_runs_the_reminders_once_a_day(shop_app: Flask, shop_client: FlaskClient, age: Age) -> None:
    age(GUIDE, 0)
    code, words = run(shop_app, "jobs", "run", "remind-reviews")
    assert (code, words) == (0, f"Reviews: {GUIDE} today.\n")
    [line] = [
        line for line in run(shop_app, "jobs", "list")[1].splitlines() if line.startswith("remind-reviews")
    ]
    assert clock.today().isoformat() in line
    assert line.endswith("well")
    assert shop_client.get(f"/guides/{GUIDE}").status_code == 200
