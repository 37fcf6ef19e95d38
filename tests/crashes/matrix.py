"""Tells a story once unharmed, then once for each point that it passed, killed there."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalog.models import Variant
from app.inventory.models import StockItem
from app.inventory.services import receive
from app.orders.models import Order
from app.session import write_transaction
from tests.crashes.audit import find_problems, read_endings, read_rows
from tests.crashes.launcher import Doom
from tests.crashes.paying import SKU
from tests.crashes.world import After, Gone, Stage, World
from tests.trade import forget_trade

Story = Callable[[World], None]
UNHARMED = "unharmed"
# Only people go away; Stripe and the clock always come again.
PEOPLE = ("checkout",)
# More than all runs of a story buy.
DELIVERY = 1000


@dataclass
class Report:
    """What came of all runs of a story."""

    points: int = 0
    runs: int = 0
    problems: list[str] = field(default_factory=list)


@dataclass
class Matrix:
    """All runs of a story, each with a buyer of its own; time passes for all of them together in the end."""

    stage: Stage
    story: Story
    session: Session
    is_forgetful: bool = False
    runs: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def kill_everywhere(self) -> Report:
        """Run it all."""
        opening = self._begin_anew()
        points = self._tell(UNHARMED)
        if not points or len(set(points)) < len(points):
            self.problems.append(f"the points have not one name each: {points}")
        for point in points:
            for after in _choices(point):
                self._kill_at(point, after)
        self._end(opening)
        return Report(len(points), len(self.runs), self.problems)

    def kill_once(self, point: str) -> Report:
        """Run it unharmed, and killed at one point."""
        opening = self._begin_anew()
        self._tell(UNHARMED)
        self._tell(f"killed {point}", point)
        self._end(opening)
        return Report(1, len(self.runs), self.problems)

    def _kill_at(self, point: str, after: After) -> None:
        name = f"killed at {point}, {after}"
        if point not in self._tell(name, point, after):
            self.problems.append(f"{name}: the point was not passed again")

    def _tell(self, name: str, kill_at: str | None = None, after: After = After.TRIES_AGAIN) -> list[str]:
        record = self.stage.folder / "points.txt"
        record.unlink(missing_ok=True)
        email = f"buyer{len(self.runs)}@example.com"
        self.runs[email] = name
        world = World(
            self.stage,
            self.session,
            Doom(record, kill_at, self.is_forgetful and kill_at is not None),
            after,
            email,
        )
        passed = self._live_through(world)
        if kill_at and not world.has_died:
            self.problems.append(f"{name}: nothing was killed")
        return passed

    def _live_through(self, world: World) -> list[str]:
        try:
            self.story(world)
        except Gone:
            self.stage.stripe.wait_until_told()
            return world.passed()
        passed = world.passed()
        world.stripe_sends_all()
        return passed

    def _begin_anew(self) -> dict[int, int]:
        stage = self.stage
        forget_trade(stage.engine)
        stage.stripe.wait_until_told()
        stage.stripe.forget()
        stage.post.letters.clear()
        for mail in stage.mails.glob("*"):
            mail.unlink()
        with write_transaction(self.session) as session:
            variant_id = session.scalars(select(Variant.id).where(Variant.sku == SKU)).one()
            receive(
                session, variant_id, DELIVERY, reason="delivered", actor="test", source="test", key="delivery"
            )
        return {item.variant_id: item.on_hand for item in self.session.scalars(select(StockItem))}

    def _end(self, opening: dict[int, int]) -> None:
        """Let time pass until all is quiet, and look at what is left."""
        self.problems.extend(self._settle())
        books = self.stage.stripe.books()
        found = find_problems(self.session, books, self.stage.mails, opening)
        codes = self.session.execute(select(Order.code, Order.email)).all()
        for code, email in codes:
            found = [problem.replace(code, f"{code} ({self.runs[email]})") for problem in found]
        endings = read_endings(self.session, books)
        plain = endings["buyer0@example.com"]
        self.problems += found
        for email, ending in endings.items():
            if len(ending.charged) > 1 or len(ending.refunded) > 1:
                self.problems.append(f"{self.runs[email]}: charged or refunded twice: {ending}")
            if After.GOES_AWAY not in self.runs[email] and ending != plain:
                self.problems.append(f"{self.runs[email]}: ended as {ending}, unharmed as {plain}")

    def _settle(self) -> Iterator[str]:
        stage = self.stage
        world = World(stage, self.session, Doom(), letters_before=0)
        stage.clockwork.let_time_pass()
        yield from stage.clockwork.run_jobs()
        # To those who went away Stripe's word comes last, when the worker has found out by itself.
        world.stripe_sends_all()
        stage.clockwork.let_time_pass()
        before = read_rows(stage.engine)
        yield from stage.clockwork.run_jobs()
        after = read_rows(stage.engine)
        yield from (f"the jobs change {name} again" for name in before if before[name] != after[name])


def _choices(point: str) -> tuple[After, ...]:
    # Before a point the world is as it was after the one before.
    may_go = point.startswith(PEOPLE) and ": after " in point
    return tuple(After) if may_go else (After.TRIES_AGAIN,)
