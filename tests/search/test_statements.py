"""A search takes the same number of statements for few and for many products, and stays quick."""

import time

import pytest
from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from app.catalog.models import Product, Variant
from app.config import Config
from app.db import Base
from app.factory import create_app
from app.guidance.models import Recommendation
from app.search.indexing import reindex
from app.session import close_database, write_transaction
from tests.storefront.reader import counted_statements
from tests.telling import say

MANY = 2_000
WORDS = ("Alder", "Birch", "Cedar", "Dune", "Ember", "Fern", "Grove", "Heath", "Inlet", "Juniper")
KINDS = ("Foam Roller", "Heat Pack", "Flat Band", "Yoga Strap", "Massage Ball")
QUERIES = ("foam roller", "heat", "rollar", "ember heat pack", "numb", "sciatica sleep", "birch yog")
PREFIX = "ZZ-"


def add_products(session: Session, number: int) -> None:
    """Copy a product of the shop many times, each with a name, a variant and a tie to a guide."""
    pattern = session.scalars(select(Product).where(Product.code == "FR-DRF")).one()
    variant = session.scalars(select(Variant).where(Variant.product_id == pattern.id)).first()
    tie = session.scalars(select(Recommendation).where(Recommendation.product_id == pattern.id)).first()
    assert variant is not None
    assert tie is not None
    rows = [
        _copy(pattern, Product, id=None, code=f"{PREFIX}{n}", slug=f"zz-{n}", name=_name(n), position=n)
        for n in range(number)
    ]
    session.execute(insert(Product), rows)
    ids = session.scalars(
        select(Product.id).where(Product.code.like(f"{PREFIX}%")).order_by(Product.id)
    ).all()
    session.execute(insert(Variant), [_copy(variant, Variant, product_id=i, sku=f"ZZ-{i}") for i in ids])
    session.execute(insert(Recommendation), [_copy(tie, Recommendation, product_id=i) for i in ids])


def _name(number: int) -> str:
    first, second = WORDS[number % 10], WORDS[number // 10 % 10]
    return f"{first} {second} {KINDS[number % 5]} {number}"


def _copy(row: object, model: type[Base], **values: object) -> dict[str, object]:
    columns = {name: getattr(row, name) for name in model.__table__.columns.keys()}  # noqa: SIM118  # type: ignore[attr-defined]
    return {name: value for name, value in (columns | values).items() if name != "id"}


def statements_of(config: Config, addresses: list[str]) -> dict[str, int]:
    app = create_app(config)
    counts = {}
    for address in addresses:
        with counted_statements() as statements:
            assert app.test_client().get(address).status_code == 200
        counts[address] = len(statements)
    close_database(app)
    return counts


def test_a_search_takes_a_fixed_number_of_statements(
    shop_config: Config, shop_session: Session, request: pytest.FixtureRequest, database_kind: str
) -> None:
    pages = [f"/search?q={query}" for query in QUERIES]
    typing = [f"/search/suggestions?q={query}" for query in QUERIES]
    before = statements_of(shop_config, pages + typing)
    try:
        with write_transaction(shop_session):
            add_products(shop_session, MANY)
            reindex(shop_session)
        began = time.perf_counter()
        after = statements_of(shop_config, pages + typing)
        took = (time.perf_counter() - began) * 1000 / len(after)
    finally:
        forget(shop_session)
    say(request.node, f"Search on {database_kind}: {took:.0f} ms a page among {MANY + 70} products.")
    # 12 for most searches; one more each for a strange word, its correction, few answers, and a warning sign.
    assert after["/search?q=foam roller"] == before["/search?q=foam roller"] == 12
    assert all(after[address] <= 15 for address in pages)
    assert all(after[address] <= 10 for address in typing)
    plain = (pages[0], pages[1], pages[4])
    assert [after[address] for address in plain] == [before[address] for address in plain]


def forget(session: Session) -> None:
    session.rollback()
    with write_transaction(session):
        ids = select(Product.id).where(Product.code.like(f"{PREFIX}%"))
        session.execute(delete(Recommendation).where(Recommendation.product_id.in_(ids)))
        session.execute(delete(Variant).where(Variant.product_id.in_(ids)))
        session.execute(delete(Product).where(Product.code.like(f"{PREFIX}%")))
        session.expire_all()
        reindex(session)
