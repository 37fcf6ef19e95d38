"""The worker's queue: in Redis when there is one, else a file beside the database."""

from functools import cached_property
from typing import Any

from flask import Flask, current_app
from huey import Huey, RedisHuey, SqliteHuey, crontab
from huey.serializer import SignedSerializer
from redis import ConnectionPool
from redis.backoff import NoBackoff
from redis.retry import Retry

from app.config import Config
from app.jobs.deliver_outbox import deliver_outbox
from app.jobs.registry import run_due_jobs
from app.web.order_links import EXTENSION as CONFIG

EXTENSION = "shop-queue"
NAME = "shop"
QUEUE_FILE = "queue.db"
# A task that nobody has begun within a minute is left to the next tick of the clock.
EXPIRY_SECONDS = 60
# Somebody waits for a page while a task is put in the queue.
PATIENCE_SECONDS = 3


class Queue:
    """What the worker is asked to do; opened when it is first needed."""

    def __init__(self, app: Flask) -> None:
        self.app = app

    def ask_for_delivery(self) -> None:
        """Ask the worker to send what waits in the outbox; fails as the queue's storage fails."""
        self._delivery()

    def tick(self) -> None:
        """Run every job that is due."""
        with self.app.app_context():
            run_due_jobs()

    def deliver(self) -> None:
        """Send what waits in the outbox, without waiting for the clock."""
        with self.app.app_context():
            deliver_outbox()

    @property
    def huey(self) -> Huey:
        """The library's queue, which knows both tasks by their names."""
        return self._delivery.huey

    @cached_property
    def _delivery(self) -> Any:
        huey = _open(self.app.extensions[CONFIG])
        huey.periodic_task(crontab(minute="*"), name="tick", expires=EXPIRY_SECONDS)(self.tick)
        return huey.task(name="deliver_outbox", expires=EXPIRY_SECONDS)(self.deliver)


def init_app(app: Flask) -> None:
    """Give the application its queue."""
    app.extensions[EXTENSION] = Queue(app)


def current_queue() -> Queue:
    """Return the queue of the running shop."""
    queue: Queue = current_app.extensions[EXTENSION]
    return queue


def _open(config: Config) -> Huey:
    # Signed: the library runs whatever it unpacks, and others may be able to write to a Redis.
    options = {"results": False, "serializer": SignedSerializer(config.secret_keys[0], salt="shop-queue")}
    if config.redis_url:
        return RedisHuey(NAME, connection_pool=_connections(config.redis_url), **options)
    config.data_dir.mkdir(parents=True, exist_ok=True)
    return SqliteHuey(NAME, filename=str(config.data_dir / QUEUE_FILE), timeout=PATIENCE_SECONDS, **options)


def _connections(url: str) -> ConnectionPool:
    # One more try at once, for a connection that has died of old age.
    return ConnectionPool.from_url(
        url,
        socket_connect_timeout=PATIENCE_SECONDS,
        socket_timeout=PATIENCE_SECONDS,
        retry=Retry(NoBackoff(), 1),
    )
