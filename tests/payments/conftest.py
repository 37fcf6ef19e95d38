"""Shops whose talk with Stripe the tests can steer."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.config import read_config
from app.factory import create_app
from app.session import close_database
from tests.buyer import Buyer
from tests.live_shop import SIMULATOR_KEY, free_port, serving, simulating
from tests.payments.openapi_walker import OpenapiWalker
from tests.payments.own_simulator import own_simulator
from tests.payments.stripe_recorder import StripeRecorder, forward_to, recording
from tests.payments.till import Till

DEAF_PORT = 9


@pytest.fixture(scope="session")
def stripe_document(project_folder: Path) -> OpenapiWalker:
    """Stripe's own description of its API, where the shared files stand beside the project."""
    folder = project_folder.parent / "shared" / "stripe"
    if not (folder / "openapi-subset.json").exists():
        pytest.skip(
            f"NOT RUN: Stripe's API description is not at {folder}, so requests were not checked by it"
        )
    return OpenapiWalker.read(folder)


@pytest.fixture(scope="session")
def silent_simulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a simulator whose webhooks reach nobody, so that a test sends its own."""
    with simulating(tmp_path_factory.mktemp("silent") / "state.db", DEAF_PORT) as address:
        yield address


@pytest.fixture
def recorder(silent_simulator: str) -> Iterator[StripeRecorder]:
    """The silent simulator, with every request to it kept."""
    with recording(forward_to(silent_simulator)) as recorder:
        yield recorder


@pytest.fixture
def quiet_app(
    shop_settings: dict[str, str], recorder: StripeRecorder, shop_engine: Engine
) -> Iterator[Flask]:
    """The seeded shop, which hears only the events that a test sends."""
    assert shop_engine
    stripe = {"STRIPE_API_KEY": SIMULATOR_KEY, "STRIPE_API_BASE": recorder.address, "PORT": str(free_port())}
    app = create_app(read_config({**shop_settings, **stripe}))
    yield app
    close_database(app)


@pytest.fixture
def quiet_shop(quiet_app: Flask) -> Iterator[str]:
    """The address of the quiet shop as a server."""
    with serving(quiet_app, quiet_app.extensions["shop-config"].port) as address:
        yield address


@pytest.fixture
def quiet_buyer(quiet_shop: str) -> Iterator[Buyer]:
    """A shopper at the quiet shop."""
    buyer = Buyer(quiet_shop)
    yield buyer
    buyer.close()


@pytest.fixture
def till(
    shop_settings: dict[str, str], shop_engine: Engine, shop_session: Session, tmp_path: Path
) -> Iterator[Till]:
    """The seeded shop with a Stripe of its own, whose events a test brings by hand."""
    assert shop_engine
    with own_simulator(tmp_path) as simulator, recording(forward_to(simulator)) as recorder:
        stripe = {"STRIPE_API_KEY": SIMULATOR_KEY, "STRIPE_API_BASE": recorder.address}
        app = create_app(read_config({**shop_settings, **stripe}))
        yield Till(app, recorder, simulator, shop_session)
        close_database(app)
