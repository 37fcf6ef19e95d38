"""One run: a buyer, the staff, the worker and Stripe go on with their lives when the shop is killed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

import requests
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app.orders.models import Order
from tests.crashes.clockwork import Clockwork
from tests.crashes.launcher import UNHARMED, Doom, Launcher, WebProcess
from tests.crashes.post_office import Letter, PostOffice
from tests.crashes.shopper import Shopper
from tests.crashes.stand_in import StandIn

Answer = TypeVar("Answer")


class After(StrEnum):
    """What whoever was interrupted does next."""

    TRIES_AGAIN = "tries again"
    GOES_AWAY = "goes away"


class Gone(Exception):
    """The buyer has closed the browser."""


@dataclass(frozen=True)
class Stage:
    """What all runs share."""

    launcher: Launcher
    # The shop's own address, where a process can be killed, and one beside it that nothing happens to.
    doomed: WebProcess
    healthy: WebProcess
    clockwork: Clockwork
    engine: Engine
    stripe: StandIn
    post: PostOffice
    browser: Shopper
    mails: Path
    folder: Path


@dataclass
class World:
    """Everybody who acts in a run; its orders are known by the buyer's address."""

    stage: Stage
    session: Session
    doom: Doom
    after: After = After.TRIES_AGAIN
    email: str = "maya@example.com"
    has_died: bool = False
    is_watched: bool = False
    # How many letters came before the story: they are somebody else's.
    letters_before: int = 0
    # Calls of the provider that are watched in another story, where they matter as much.
    elsewhere: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        self.stage.doomed.end()
        self.buyer.take_new_cart()
        self.buyer.shop = self.stage.healthy.address

    @property
    def buyer(self) -> Shopper:
        """The browser, with this buyer's cart."""
        return self.stage.browser

    def passed(self) -> list[str]:
        """Return the points that were passed since the watch began."""
        record = self.doom.record
        names = record.read_text().splitlines() if record and record.exists() else []
        return [name for name in names if name.rpartition(": ")[2] not in self.elsewhere]

    def begin_watch(self) -> None:
        """From here on every point of the web process counts; what came before is another story's matter."""
        self.is_watched = True
        self.stage.doomed.start(self.doom)
        self.buyer.shop = self.stage.doomed.address

    def watch_tasks(self, *elsewhere: str) -> None:
        """From here on only tasks are watched, but for the calls that another story watches."""
        self.is_watched = True
        self.elsewhere = frozenset(elsewhere)

    def order(self) -> Order:
        """Return the newest order of this buyer."""
        self.session.rollback()
        query = select(Order).where(Order.email == self.email).order_by(Order.id.desc()).limit(1)
        return self.session.scalars(query).one()

    def buyer_does(self, act: Callable[[], Answer]) -> Answer:
        """Visit the shop; one who finds it dead tries again, or is gone."""
        try:
            return act()
        except requests.ConnectionError:
            self._bury()
            if self.after is After.GOES_AWAY:
                raise Gone from None
            return act()

    def open_page(self) -> str:
        """Go from the cart to the payment page."""
        return self.buyer_does(lambda: self.buyer.open_payment_page(email=self.email))

    def pay(self, page: str, card: Mapping[str, str] | None = None) -> requests.Response:
        """Pay at Stripe."""
        answer = self.buyer.pay(page, dict(card) if card else None)
        assert answer.status_code == 303, answer.text
        return answer

    def come_back(self, answer: requests.Response) -> None:
        """Follow Stripe's answer to the order's page."""
        page = self.buyer_does(lambda: self.buyer.come_back(answer))
        assert page.status_code == 200, page.text

    def stripe_sends(self, *kinds: str) -> None:
        """Let Stripe tell of what has happened, again and again until the shop has taken it."""
        for kind in kinds:
            self._send(self.stage.post.wait_for(kind, self.letters_before))

    def stripe_sends_all(self) -> None:
        """Let Stripe tell of everything that the shop does not know yet."""
        self.stage.stripe.wait_until_told()
        for letter in self.stage.post.waiting(self.letters_before):
            self._send(letter)

    def does_task(self, label: str, **task: object) -> None:
        """Let the staff or the worker do something in a process of their own, again if it is killed."""
        if self.stage.launcher.run(label, task, self._doom) is not None:
            return
        self.has_died = True
        if "job" not in task:
            # The staff try again at once.
            self.stage.clockwork.do(task)
        # What the dead process had claimed or begun is the worker's after a while.
        self.stage.clockwork.let_time_pass()
        self.stage.clockwork.run(str(task.get("job", "reconcile-payments")))

    def dies_in_task(self, label: str, at: str, **task: object) -> None:
        """Let a process die at a point, as a part of the story."""
        doom = Doom(self.stage.folder / "story.txt", kill_at=at)
        assert self.stage.launcher.run(label, task, doom) is None, f"{at} was not reached"
        # What is on its way to the shop for a moment is not lost.
        self.stage.stripe.wait_until_told()

    @property
    def _doom(self) -> Doom:
        return self.doom if self.is_watched and not self.has_died else UNHARMED

    def _send(self, letter: Letter) -> None:
        try:
            letter.send(self.stage.stripe.http, self.buyer.shop)
        except requests.ConnectionError:
            self._bury()
            letter.send(self.stage.stripe.http, self.buyer.shop)

    def _bury(self) -> None:
        assert self.doom.kill_at, "the shop died though nobody killed it"
        assert not self.has_died, "the shop died once more"
        self.has_died = True
        self.stage.doomed.end()
        self.buyer.shop = self.stage.healthy.address
