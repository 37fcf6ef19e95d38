"""The simulated account: its settings, its clock and everything it has stored."""

from dataclasses import dataclass

from .clock import Clock
from .errors import no_such
from .settings import Settings
from .store import Record, Store


@dataclass(frozen=True)
class Simulator:
    """What every part of the simulator works with."""

    settings: Settings
    clock: Clock
    store: Store

    def require(self, kind: str, identifier: str, param: str, status: int = 404) -> Record:
        """Return a stored object; raises ApiError (resource_missing) when there is none."""
        record = self.store.find(kind, identifier)
        if record is None:
            raise no_such(kind, identifier, param, status)
        return record
