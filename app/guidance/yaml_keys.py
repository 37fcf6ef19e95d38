"""One set of keys in a YAML file, read key by key, that knows its lines and collects its faults."""

import re
from collections.abc import Callable, Collection, Mapping
from typing import TypeVar

from app.catalog.seed_problem import SeedProblem

T = TypeVar("T")

_KEY_LINE = re.compile(r"([\w-]+):")


def find_key_lines(text: str) -> dict[str, int]:
    """Find the lines on which the outermost keys of a YAML text stand."""
    found: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        match = _KEY_LINE.match(line)
        if match:
            found.setdefault(match.group(1), number)
    return found


class Keys:
    """A set of keys; what cannot be read is added to `problems` and stands as the fallback.

    `path` is where the set stands in its file, such as `products[3].`, and `line` on which line; `lines` are
    the lines of its keys where they are known. `finish` names the keys that nobody read.
    """

    def __init__(
        self,
        file: str,
        values: Mapping[str, object],
        problems: list[SeedProblem],
        *,
        path: str = "",
        line: int = 0,
        lines: Mapping[str, int] | None = None,
    ) -> None:
        self._file = file
        self._values = values
        self._problems = problems
        self._path = path
        self._line = line
        self._lines = lines or {}
        self._read: set[str] = set()

    def required(self, key: str, read: Callable[[object], T], fallback: T) -> T:
        """Read a value that must be there."""
        if self._is_empty(key):
            self.refuse(key, "is missing")
        value = self.optional(key, read)
        return fallback if value is None else value

    def optional(self, key: str, read: Callable[[object], T]) -> T | None:
        """Read a value that may be missing; missing or unreadable gives None."""
        if self._is_empty(key):
            return None
        try:
            return read(self._values[key])
        except (TypeError, ValueError) as error:
            self.refuse(key, f'"{self._values[key]}" {error}')
            return None

    def words(self, key: str, known: Collection[str] | None = None) -> tuple[str, ...]:
        """Read a list of texts, each at most once and, where `known` is given, among them."""
        words: list[str] = []
        for value in self._list(key):
            if not isinstance(value, str) or not value.strip():
                self.refuse(key, f'"{value}" is not text')
            elif value.strip() in words:
                self.refuse(key, f'names "{value}" twice')
            elif known is not None and value not in known:
                self.refuse(key, f'"{value}" is not known')
            else:
                words.append(value.strip())
        return tuple(words)

    def parts(self, key: str) -> list["Keys"]:
        """Read a list of sets of keys; a missing list is empty."""
        parts = []
        for number, value in enumerate(self._list(key), start=1):
            if isinstance(value, dict):
                path = f"{self._path}{key}[{number}]."
                parts.append(Keys(self._file, value, self._problems, path=path, line=self._line_of(key)))
            else:
                self.refuse(key, f'"{value}" is not a set of keys')
        return parts

    def finish(self) -> None:
        """Name the keys that nothing has read."""
        for key in self._values.keys() - self._read:
            self.refuse(str(key), "is not a known key")

    def refuse(self, key: str, message: str) -> None:
        """Add a fault of one key."""
        place = f"{self._path}{key}"
        self._problems.append(SeedProblem(self._file, self._line_of(key), place, message))

    def _line_of(self, key: str) -> int:
        return self._lines.get(key, self._line)

    def _is_empty(self, key: str) -> bool:
        self._read.add(key)
        return self._values.get(key) in (None, "")

    def _list(self, key: str) -> list[object]:
        if self._is_empty(key):
            return []
        value = self._values[key]
        if isinstance(value, list):
            return value
        self.refuse(key, f'"{value}" is not a list')
        return []
