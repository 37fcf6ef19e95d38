"""A running simulator, a receiver of its webhooks, and an unstarted simulator whose clock can be moved."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dev.stripe_simulator.clock import Clock
from dev.stripe_simulator.settings import Settings
from dev.stripe_simulator.simulator import Simulator
from dev.stripe_simulator.store import Store
from tests.stripe_simulator.simulator_process import API_KEY, SECRET, SimulatorProcess
from tests.stripe_simulator.webhook_receiver import WebhookReceiver


class MovableClock(Clock):
    """A clock that tests put forward."""

    ahead = 0.0

    def now(self) -> float:
        """Return the time, put forward."""
        return super().now() + self.ahead


@pytest.fixture(scope="session")
def receiver() -> Iterator[WebhookReceiver]:
    """The endpoint of the shared simulator; it answers 200."""
    receiver = WebhookReceiver()
    yield receiver
    receiver.close()


@pytest.fixture(scope="session")
def running(
    receiver: WebhookReceiver, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SimulatorProcess]:
    """A simulator that all tests share; they look only at objects they made themselves."""
    process = SimulatorProcess(tmp_path_factory.mktemp("simulator") / "state.db", receiver.url)
    yield process
    process.close()


@pytest.fixture
def own_receiver() -> Iterator[WebhookReceiver]:
    """An endpoint for one test, which may change its answers."""
    receiver = WebhookReceiver()
    yield receiver
    receiver.close()


@pytest.fixture
def own(own_receiver: WebhookReceiver, tmp_path: Path) -> Iterator[SimulatorProcess]:
    """A simulator for one test, which may stop it and start it again."""
    process = SimulatorProcess(tmp_path / "state.db", own_receiver.url)
    yield process
    process.close()


@pytest.fixture
def clock() -> MovableClock:
    """The clock of `still`."""
    return MovableClock()


@pytest.fixture
def still(clock: MovableClock, tmp_path: Path) -> Iterator[Simulator]:
    """A simulator without server and threads."""
    settings = Settings("127.0.0.1", 8010, tmp_path / "still.db", "http://127.0.0.1:9/", SECRET, API_KEY)
    simulator = Simulator(settings, clock, Store(settings.state))
    yield simulator
    simulator.store.close()
