"""Makes variants with stock for the tests, and lets many buyers act at once."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count
from threading import Barrier

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.catalog.models import Category, Product, ShippingFlag, Variant, Washable
from app.db import create_database_engine
from app.inventory.services import open_stock_item, receive
from app.session import write_transaction

CONNECTIONS_PER_ENGINE = 15
_numbers = count(1)


def add_stocked_variant(session: Session, quantity: int, *, low_threshold: int = 5) -> int:
    """Add a variant of a product of its own with units on hand; returns its id."""
    code = f"ST-{next(_numbers)}"
    product = Product(
        code=code,
        slug=code.lower(),
        name=f"Strap {code}",
        brand="Fenwillow",
        category=Category(slug=f"family-{code.lower()}", name=code, summary="A family.", position=1),
        subcategory="straps",
        position=1,
        intended_use="Stretching.",
        usage_dose="A minute.",
        care_instructions="Wipe.",
        machine_washable=Washable.NO,
        warranty_months=12,
        is_published=True,
        us_regulation_to_confirm="none",
        fsa_hsa_hint="unknown",
        variants=[
            Variant(
                sku=code,
                label="One size",
                fingerprint="",
                price_cents=1400,
                currency="USD",
                position=1,
                shipping_flag=ShippingFlag.NONE,
            )
        ],
    )
    session.add(product)
    session.flush()
    variant_id = product.variants[0].id
    open_stock_item(session, variant_id).low_threshold = low_threshold
    session.flush()
    if quantity:
        deliver(session, variant_id, quantity, key=f"opening:{code}")
    session.commit()
    return variant_id


def deliver(session: Session, variant_id: int, quantity: int, *, key: str) -> None:
    """Receive units as staff do."""
    receive(session, variant_id, quantity, reason="delivery", actor="staff", source="delivery", key=key)


@contextmanager
def crowd(engine: Engine, size: int) -> Iterator[Callable[[Callable[[Session, int], None]], list[str]]]:
    """Several machines with connections for so many buyers, who all start at the same moment.

    Gives a function that lets every buyer act in a write transaction of their own, and returns the name of
    the exception of each, or an empty string.
    """
    url = engine.url.render_as_string(hide_password=False)
    machines = [create_database_engine(url) for _ in range(-(-size // CONNECTIONS_PER_ENGINE))]
    barrier = Barrier(size)

    def run(act: Callable[[Session, int], None]) -> list[str]:
        def buy(number: int) -> str:
            with Session(machines[number % len(machines)]) as session:
                barrier.wait(20)
                try:
                    with write_transaction(session):
                        act(session, number)
                except Exception as error:
                    return type(error).__name__
            return ""

        with ThreadPoolExecutor(size) as pool:
            return list(pool.map(buy, range(size)))

    try:
        yield run
    finally:
        for machine in machines:
            machine.dispose()
