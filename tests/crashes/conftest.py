"""The stage of the crash matrix, and the numbers that it prints."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from app.config import read_config
from app.factory import create_app
from app.payments.stripe_gateway import StripeGateway
from app.session import close_database
from tests.crashes.clockwork import Clockwork, PunctualGateway
from tests.crashes.launcher import WebProcess, launching
from tests.crashes.matrix import Report
from tests.crashes.post_office import PostOffice, opening_post_office
from tests.crashes.shopper import Shopper
from tests.crashes.stand_in import StandIn
from tests.crashes.world import Stage
from tests.live_shop import SIMULATOR_KEY, free_port, simulating
from tests.telling import count


@pytest.fixture(scope="session")
def post_office_port() -> int:
    """Where Stripe's stand-in reports."""
    return free_port()


@pytest.fixture(scope="session")
def post_office(post_office_port: int) -> Iterator[PostOffice]:
    """Keeps every event until it is handed to the shop."""
    with opening_post_office(post_office_port) as office:
        yield office


@pytest.fixture(scope="session")
def stand_in(post_office_port: int, tmp_path_factory: pytest.TempPathFactory) -> Iterator[StandIn]:
    """Stripe, for these tests alone."""
    state = tmp_path_factory.mktemp("crash-stripe") / "state.db"
    with simulating(state, post_office_port) as address:
        stand_in = StandIn(address, state)
        yield stand_in
        stand_in.http.close()


@pytest.fixture(scope="session")
def loaded_stage(
    shop_settings: dict[str, str],
    stand_in: StandIn,
    post_office: PostOffice,
    project_folder: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Stage]:
    """The shop, loaded once for each database."""
    folder = tmp_path_factory.mktemp("crashes")
    settings = {
        **shop_settings,
        "STRIPE_API_KEY": SIMULATOR_KEY,
        "STRIPE_API_BASE": stand_in.address,
        "PORT": str(free_port()),
        "DATA_DIR": str(folder / "data"),
        "MAIL_URL": f"file:{folder / 'mail'}",
    }
    config = read_config(settings)
    stripe = PunctualGateway(
        StripeGateway(config.stripe.api_key, config.stripe.webhook_secret, stand_in.address), stand_in
    )
    app = create_app(config, stripe)
    engine: Engine = app.extensions["shop-database"].kw["bind"]
    with launching(settings, project_folder, folder / "log.txt") as launcher:
        doomed, healthy = WebProcess(launcher, config.port), WebProcess(launcher, free_port())
        healthy.start()
        browser = Shopper(healthy.address, front=config.base_url)
        yield Stage(
            launcher=launcher,
            doomed=doomed,
            healthy=healthy,
            clockwork=Clockwork(app, engine, stripe),
            engine=engine,
            stripe=stand_in,
            post=post_office,
            browser=browser,
            mails=folder / "mail",
            folder=folder,
        )
        browser.close()
    close_database(app)


@pytest.fixture
def stage(loaded_stage: Stage, shop_engine: Engine) -> Stage:
    """The stage, whose trade is forgotten in the end."""
    assert shop_engine
    return loaded_stage


@pytest.fixture
def tally(request: pytest.FixtureRequest, database_kind: str) -> Iterator[Report]:
    """Counts points and runs, and says so at the end."""
    report, began = Report(), time.monotonic()
    yield report
    count(
        request.node,
        f"Crash matrix on {database_kind}",
        points=report.points,
        runs=report.runs,
        problems=len(report.problems),
        seconds=round(time.monotonic() - began),
    )
