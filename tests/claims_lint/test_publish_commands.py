"""Guides and products on the command line: checked, published, withdrawn."""

from collections.abc import Callable, Iterator

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalog.models import Product
from app.guidance.models import Guide
from app.session import write_transaction

Run = Callable[..., Result]
SAFETY = "back-pain-warning-signs"


@pytest.fixture
def run(shop_app: Flask) -> Run:
    """Run `flask publish` with some words."""
    return lambda *words: shop_app.test_cli_runner().invoke(args=["publish", *words])


@pytest.fixture
def safety(shop_session: Session) -> Iterator[Guide]:
    """The safety page, which ends as it was."""
    guide = shop_session.scalars(select(Guide).where(Guide.slug == SAFETY)).one()
    title = guide.title
    yield guide
    with write_transaction(shop_session):
        guide.title, guide.is_published = title, True


def test_the_whole_seed_is_checked_without_an_obstacle(run: Run, shop_session: Session) -> None:
    guides = len(shop_session.scalars(select(Guide.id)).all())
    answer = run("check")
    assert answer.exit_code == 0
    assert answer.output == f"{guides + 70} checked, 0 obstacles\n"


def test_a_check_names_what_is_wrong_and_fails(run: Run, shop_session: Session, safety: Guide) -> None:
    with write_transaction(shop_session):
        safety.title = "The cure"
    answer = run("check", SAFETY)
    assert answer.exit_code == 1
    assert f'{SAFETY}, title: "cure" is never said.' in answer.output
    assert "1 checked, 1 obstacles" in answer.output


def test_a_guide_is_withdrawn_and_published_again_only_when_it_is_right(
    run: Run, shop_session: Session, safety: Guide
) -> None:
    assert run("withdraw-guide", SAFETY).output == f"{SAFETY} is withdrawn\n"
    with write_transaction(shop_session):
        safety.title, title = "The cure", safety.title
    refused = run("guide", SAFETY)
    assert refused.exit_code == 1
    assert '"cure" is never said' in refused.output
    shop_session.expire_all()
    assert not safety.is_published
    with write_transaction(shop_session):
        safety.title = title
    assert run("guide", SAFETY).output == f"{SAFETY} is published\n"
    shop_session.expire_all()
    assert safety.is_published


def test_a_product_is_withdrawn_and_published_again(run: Run, shop_session: Session) -> None:
    product = shop_session.scalars(select(Product).where(Product.code == "FR-DRF")).one()
    assert run("withdraw-product", "FR-DRF").exit_code == 0
    shop_session.expire_all()
    assert not product.is_published
    assert run("product", "FR-DRF").output == "FR-DRF is published\n"
    shop_session.expire_all()
    assert product.is_published


def test_a_guide_that_products_need_stays(run: Run) -> None:
    answer = run("withdraw-guide", "choosing-a-back-brace")
    assert answer.exit_code == 1
    assert "no other published guide recommends" in answer.output


@pytest.mark.parametrize("command", ["check", "guide", "product", "withdraw-guide", "withdraw-product"])
def test_an_unknown_name_is_said_to_be_unknown(run: Run, command: str) -> None:
    answer = run(command, "none")
    assert answer.exit_code == 1
    assert answer.output.startswith("Error: There is no ")
