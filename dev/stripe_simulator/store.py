"""Keeps everything the simulator knows in one SQLite file, so that a restart loses nothing."""

import json
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .schema import prepare


@dataclass
class Record:
    """A stored object: `body` is what the API shows, `private` what only the simulator needs.

    `due_at` is the time, if any, at which something happens to it by itself (expiry, dispute).
    """

    kind: str
    body: dict[str, Any]
    private: dict[str, Any] = field(default_factory=dict)
    due_at: float | None = None
    sequence: int = 0

    @property
    def id(self) -> str:
        """Return the object's identifier."""
        return str(self.body["id"])


class Store:
    """One connection behind one lock; transactions nest, and an inner failure undoes only the inner part."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = threading.RLock()
        self._depth = 0
        self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=5)
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = NORMAL")
        prepare(self._connection)
        self.after_commit: list[Callable[[], None]] = []

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Run the block as one change; other threads wait, and all is undone when the block raises."""
        with self._lock:
            name = f"level_{self._depth}"
            self._connection.execute(f"SAVEPOINT {name}" if self._depth else "BEGIN IMMEDIATE")
            self._depth += 1
            try:
                yield self._connection
            except BaseException:
                self._depth -= 1
                self._undo(name)
                raise
            self._depth -= 1
            self._connection.execute(f"RELEASE {name}" if self._depth else "COMMIT")
            outermost = self._depth == 0
        if outermost:
            for announce in self.after_commit:
                announce()

    def _undo(self, name: str) -> None:
        if self._depth:
            self._connection.execute(f"ROLLBACK TO {name}")
            self._connection.execute(f"RELEASE {name}")
        else:
            self._connection.execute("ROLLBACK")

    def rows(self, sql: str, arguments: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return the rows of a query."""
        with self._lock:
            return self._connection.execute(sql, arguments).fetchall()

    def add(self, record: Record) -> Record:
        """Store a new object."""
        values = (record.id, record.kind, record.body["created"], record.due_at, *_texts(record))
        with self.transaction() as connection:
            cursor = connection.execute(
                "INSERT INTO objects (id, kind, created, due_at, body, private) VALUES (?, ?, ?, ?, ?, ?)",
                values,
            )
        record.sequence = cursor.lastrowid or 0
        return record

    def save(self, record: Record) -> None:
        """Store the changed state of an object."""
        with self.transaction() as connection:
            connection.execute(
                "UPDATE objects SET due_at = ?, body = ?, private = ? WHERE id = ?",
                (record.due_at, *_texts(record), record.id),
            )

    def find(self, kind: str, identifier: str) -> Record | None:
        """Return the object of that kind and identifier, or None."""
        found = self.select(kind, "id = ?", [identifier])
        return found[0] if found else None

    def due(self, kind: str, now: float) -> list[Record]:
        """Return the objects of a kind whose time has come."""
        return self.select(kind, "due_at <= ?", [now])

    def select(
        self,
        kind: str,
        where: str = "1",
        arguments: Sequence[Any] = (),
        *,
        tail: str = "ORDER BY sequence DESC",
    ) -> list[Record]:
        """Return the objects of a kind that fulfill a condition, newest first unless `tail` says else.

        `where` and `tail` are SQL written in this package; values from outside go into `arguments`.
        """
        columns = "sequence, kind, due_at, body, private"
        sql = f"SELECT {columns} FROM objects WHERE kind = ? AND {where} {tail}"  # noqa: S608
        return [
            Record(row[1], json.loads(row[3]), json.loads(row[4]), row[2], row[0])
            for row in self.rows(sql, [kind, *arguments])
        ]

    def close(self) -> None:
        """Close the file after the current change, and let no further one begin."""
        self._lock.acquire()
        self._connection.close()


def _texts(record: Record) -> tuple[str, str]:
    return json.dumps(record.body), json.dumps(record.private)
