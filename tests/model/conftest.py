"""A shop on which hypothesis can begin again and again."""

import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest
import requests
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app.catalog.models import Variant
from app.inventory.models import StockItem
from app.inventory.services import consume, reserve
from app.payments.stripe_gateway import StripeGateway
from app.session import write_transaction
from app.web import payments
from tests.live_shop import SIMULATOR_KEY, WEBHOOK_SECRET
from tests.model.buying import SKUS
from tests.model.ledger_model import ShopModel
from tests.model.stripe_hand import StripeHand
from tests.model.world import World
from tests.payments.own_simulator import own_simulator
from tests.trade import forget_trade

LEFT = {SKUS[0]: 3, SKUS[1]: 2, SKUS[2]: 2}
Beginning = Callable[[ExitStack], tuple[World, ShopModel]]


@pytest.fixture
def begin(shop_app: Flask, shop_engine: Engine) -> Beginning:
    """Return what opens the shop anew, with a Stripe whose books are empty; the stack closes it again."""

    def open_anew(stack: ExitStack) -> tuple[World, ShopModel]:
        forget_trade(shop_engine)
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="plainback-model-"))
        address = stack.enter_context(own_simulator(Path(folder)))
        payments.init_app(shop_app, StripeGateway(SIMULATOR_KEY, WEBHOOK_SECRET, address))
        http = stack.enter_context(requests.Session())
        http.auth = (SIMULATOR_KEY, "")
        session = stack.enter_context(Session(shop_engine, expire_on_commit=False))
        _sell_to_others(session)
        browsers = (shop_app.test_client(), shop_app.test_client())
        model = ShopModel(dict(LEFT), dict.fromkeys(LEFT, 0), carts=[{}, {}])
        return World(shop_app, StripeHand(address, http), session, browsers), model

    return open_anew


def _sell_to_others(session: Session) -> None:
    """Leave a few units of three things."""
    query = select(Variant.sku, Variant.id, StockItem.on_hand).join(StockItem.variant)
    counts = {row.sku: row for row in session.execute(query.where(Variant.sku.in_(LEFT)))}
    with write_transaction(session):
        wanted = {counts[sku].id: counts[sku].on_hand - left for sku, left in LEFT.items()}
        reserve(session, wanted, source="others")
        consume(session, source="others")
