"""Answers a repeated POST with the first answer, as Stripe does for an Idempotency-Key."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from .clock import Clock
from .errors import ApiError
from .store import Store

_KEPT = 24 * 60 * 60
_LONGEST_KEY = 255


@dataclass(frozen=True)
class Answer:
    """An HTTP answer: status and JSON text, the request that made it, and whether it is a replay.

    `executed` is False when validation failed, so that the answer is not kept.
    """

    status: int
    body: str
    request_id: str
    executed: bool = True
    replayed: bool = False


def fingerprint(method: str, path: str, params: Mapping[str, Any]) -> str:
    """Return a digest of what a request asks for; the order of its parameters does not matter."""
    text = json.dumps([method, path, params], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


class IdempotencyKeys:
    """The keys seen in the last 24 hours with the answers given."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        # What was in flight when the process ended was rolled back, so its keys are free again.
        with store.transaction() as connection:
            connection.execute("DELETE FROM idempotency_keys WHERE status IS NULL")

    def answer_once(self, key: str, digest: str, request_id: str, execute: Callable[[], Answer]) -> Answer:
        """Execute a request, or return the answer it got before; raises ApiError on misuse of the key."""
        if len(key) > _LONGEST_KEY:
            raise ApiError("Idempotency keys can have at most 255 characters.", kind="idempotency_error")
        known = self._claim(key, digest, request_id)
        if known is not None:
            return known
        try:
            with self._store.transaction():
                answer = execute()
                self._keep(key, answer)
        except BaseException:
            self._release(key)
            raise
        return answer

    def _claim(self, key: str, digest: str, request_id: str) -> Answer | None:
        now = self._clock.now()
        with self._store.transaction() as connection:
            connection.execute("DELETE FROM idempotency_keys WHERE created <= ?", [now - _KEPT])
            row = connection.execute(
                "SELECT fingerprint, status, body, request_id FROM idempotency_keys WHERE key = ?", [key]
            ).fetchone()
            if row is None:
                connection.execute(
                    "INSERT INTO idempotency_keys (key, fingerprint, created, request_id)"
                    " VALUES (?, ?, ?, ?)",
                    [key, digest, now, request_id],
                )
                return None
        known_digest, status, body, first_request = row
        if known_digest != digest:
            raise _other_parameters(key)
        if status is None:
            raise _in_flight(key)
        return Answer(status, body, first_request, replayed=True)

    def _keep(self, key: str, answer: Answer) -> None:
        if not answer.executed:
            self._release(key)
            return
        with self._store.transaction() as connection:
            connection.execute(
                "UPDATE idempotency_keys SET status = ?, body = ? WHERE key = ?",
                [answer.status, answer.body, key],
            )

    def _release(self, key: str) -> None:
        with self._store.transaction() as connection:
            connection.execute("DELETE FROM idempotency_keys WHERE key = ?", [key])


def _other_parameters(key: str) -> ApiError:
    return ApiError(
        "Keys for idempotent requests can only be used with the same parameters they were first used with. "
        f"Try using a key other than '{key}' if you meant to execute a different request.",
        kind="idempotency_error",
        executed=False,
    )


def _in_flight(key: str) -> ApiError:
    return ApiError(
        f"There is currently another in-progress request using this idempotency key: {key}.",
        status=409,
        kind="idempotency_error",
        code="idempotency_key_in_use",
        executed=False,
    )
