"""What the tests of the finder share: the real table, and the shop's log as it is written."""

import io
import logging
from collections.abc import Iterator, Sequence

import pytest
import structlog
from flask import Flask

from app.guidance.finder_rows import FinderRow
from app.jobs.seed import SEED_FOLDER, ShopSeed, read_shop_seed
from tests.foundation.log_output import LogOutput


@pytest.fixture(scope="session")
def shop_seed() -> ShopSeed:
    """All seed files of the shop."""
    return read_shop_seed(SEED_FOLDER, "USD")


@pytest.fixture(scope="session")
def table(shop_seed: ShopSeed) -> Sequence[FinderRow]:
    """The decision table as it is shipped."""
    return shop_seed.guidance.finder.rows


def _shop_handler() -> "logging.StreamHandler[io.TextIOBase]":
    return next(
        handler
        for handler in logging.getLogger().handlers
        if isinstance(handler, logging.StreamHandler)
        and isinstance(handler.formatter, structlog.stdlib.ProcessorFormatter)
    )


@pytest.fixture
def log_output(live_app: Flask) -> Iterator[LogOutput]:
    """Whatever the live shop and its libraries log meanwhile, down to their smallest messages."""
    assert live_app
    handler = _shop_handler()
    stream = io.StringIO()
    before = handler.setStream(stream)
    root = logging.getLogger()
    level = root.level
    root.setLevel(logging.DEBUG)
    yield LogOutput(stream)
    root.setLevel(level)
    handler.setStream(before)  # type: ignore[arg-type]
