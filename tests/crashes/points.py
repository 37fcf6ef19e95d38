"""The points of a process at which it can be killed: beside every commit and every call of the provider."""

import os
import re
import signal
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask, has_request_context, request
from sqlalchemy import Engine, event

from app.session import EXTENSION

WRITE = re.compile(r"\s*(INSERT|UPDATE|DELETE)\b", re.IGNORECASE)
# Filling a cart moves no money, and nobody's stock.
CALM = ("storefront.cart.", "storefront.cart_items.")


@dataclass
class Points:
    """Names the points that a process passes, and kills the process at one of them.

    `kill_at` is a whole name, such as "checkout.create 2: after commit", or the part after the colon.
    """

    label: str = ""
    record: Path | None = None
    kill_at: str | None = None
    counts: Counter[str] = field(default_factory=Counter)
    has_written: bool = False
    is_commit_of_writes: bool = False

    def pass_by(self, what: str) -> None:
        """Note a point, or die at it."""
        label = (request.endpoint or "") if has_request_context() else self.label
        if self.record is None or label.startswith(CALM):
            return
        label = label.removeprefix("storefront.")
        self.counts[label] += 1
        name = f"{label} {self.counts[label]}: {what}"
        with self.record.open("a") as file:
            file.write(name + "\n")
        if self.kill_at in (name, what):
            os.kill(os.getpid(), signal.SIGKILL)

    def watch(self, app: Flask) -> None:
        """Pass by before and after every commit of an application that follows a write."""
        sessions = app.extensions[EXTENSION]
        engine: Engine = sessions.kw["bind"]
        event.listen(engine, "before_cursor_execute", self._see_statement)
        event.listen(engine, "commit", self._see_commit)
        event.listen(engine, "rollback", self._see_rollback)
        # First of all: before the worker is woken.
        event.listen(sessions, "after_commit", self._see_end_of_commit, insert=True)

    def _see_statement(self, _connection: object, _cursor: object, statement: str, *_: Any) -> None:
        self.has_written = self.has_written or WRITE.match(statement) is not None

    def _see_rollback(self, _connection: object) -> None:
        self.has_written = False

    def _see_commit(self, _connection: object) -> None:
        self.is_commit_of_writes, self.has_written = self.has_written, False
        if self.is_commit_of_writes:
            self.pass_by("before commit")

    def _see_end_of_commit(self, _session: object) -> None:
        is_due, self.is_commit_of_writes = self.is_commit_of_writes, False
        if is_due:
            self.pass_by("after commit")
