"""Looks at the stock all the while: what must be true at the end must be true at every moment."""

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from app.inventory.models import MovementKind, StockItem, StockMovement
from app.inventory.queries import list_drifts, list_loose_holds

PAUSE_SECONDS = 0.25


class Watcher:
    """Looks again and again; each look is made of single statements, so that no commit comes between."""

    def __init__(self, engine: Engine, opening: Mapping[int, int]) -> None:
        self.looks = 0
        self.seen: list[str] = []
        self._engine = engine
        self._opening = opening
        self._stopping = threading.Event()

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Look in a thread for as long as the block takes."""
        thread = threading.Thread(target=self._run)
        thread.start()
        try:
            yield
        finally:
            self._stopping.set()
            thread.join()

    def _run(self) -> None:
        while not self._stopping.is_set() and not self.seen:
            with Session(self._engine) as session:
                self._look(session)
            self.looks += 1
            time.sleep(PAUSE_SECONDS)

    def _look(self, session: Session) -> None:
        counts = select(StockItem.variant_id, StockItem.on_hand, StockItem.reserved)
        for variant_id, on_hand, reserved in session.execute(counts):
            if not 0 <= reserved <= on_hand:
                self.seen.append(f"variant {variant_id}: {reserved} reserved of {on_hand}")
        for variant_id, sold in _count_sold(session).items():
            if sold > self._opening.get(variant_id, sold):
                self.seen.append(f"variant {variant_id}: {sold} sold of {self._opening[variant_id]}")
        self.seen += [str(drift) for drift in list_drifts(session)]
        self.seen += [f"loose hold: {hold}" for hold in list_loose_holds(session)]


def _count_sold(session: Session) -> dict[int, int]:
    """Count what has left the stock for orders and has not come back, by variant id."""
    query = (
        select(StockMovement.variant_id, func.sum(StockMovement.on_hand_change))
        .where(StockMovement.kind.in_((MovementKind.CONSUMED, MovementKind.RETURNED)))
        .where(StockMovement.source.not_like("others:%"))
        .group_by(StockMovement.variant_id)
    )
    return {variant_id: -int(change) for variant_id, change in session.execute(query)}
