"""A shop that runs for real, with a Stripe of its own that can misbehave."""

import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from app.config import read_config
from app.factory import create_app
from app.session import close_database
from tests.live_shop import SIMULATOR_KEY, free_port, simulating
from tests.storm.open_shop import OpenShop
from tests.storm.server import granian
from tests.telling import say as tell

SEED = "STORM_SEED"


@pytest.fixture
def seed() -> int:
    """Everything that is left to chance is drawn from it; STORM_SEED repeats a storm."""
    return int(os.environ.get(SEED) or random.randrange(10**6))  # noqa: S311 (nothing secret is drawn)


@pytest.fixture
def say(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Tell whoever looks at the run, also when it goes well."""
    return lambda text: tell(request.node, text)


@pytest.fixture(autouse=True)
def _few_words(caplog: pytest.LogCaptureFixture) -> None:
    """Keep what goes well out of the report of a storm that failed."""
    caplog.set_level("WARNING", "shop")


@pytest.fixture
def open_shop(
    shop_settings: dict[str, str], shop_engine: Engine, database_kind: str, tmp_path: Path
) -> Iterator[OpenShop]:
    """The seeded shop on granian, paid through a simulator whose books are empty."""
    port, state = free_port(), tmp_path / "stripe.db"
    with simulating(state, port) as simulator:
        stripe = {"STRIPE_API_KEY": SIMULATOR_KEY, "STRIPE_API_BASE": simulator, "PORT": str(port)}
        settings = {**shop_settings, **stripe}
        app = create_app(read_config(settings))
        with granian(settings, tmp_path / "shop.log") as address:
            yield OpenShop(address, simulator, state, app, shop_engine, database_kind)
        close_database(app)
