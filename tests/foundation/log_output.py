"""Reads the shop's log as a machine does."""

import io
import json
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class LogOutput:
    """What was written to the log so far."""

    stream: io.StringIO

    @property
    def text(self) -> str:
        """Every character."""
        return self.stream.getvalue()

    @property
    def lines(self) -> list[dict[str, Any]]:
        """Every line, which must be one JSON object."""
        return [json.loads(line) for line in self.text.splitlines()]

    def requests(self) -> list[dict[str, Any]]:
        """The lines that stand for a request each."""
        return [line for line in self.lines if line["logger"] == "shop.request"]
