"""One storm from its first to its last moment, all of it drawn from one seed."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy.orm import Session

from tests.buyer import Buyer
from tests.storm import aftermath
from tests.storm.chance import draws
from tests.storm.courses import COURSES
from tests.storm.open_shop import OpenShop
from tests.storm.scarce_stock import sell_rest
from tests.storm.shopper import Shopper
from tests.storm.staff import Staff
from tests.storm.tally import Tally
from tests.storm.weather import clear_up, turn_bad


class Storm:
    """Shoppers and staff in bad weather; `stock` says what there is to sell: units by variant id, by SKU."""

    def __init__(self, shop: OpenShop, stock: Mapping[str, tuple[int, int]], seed: int) -> None:
        self.shop = shop
        self.seed = seed
        self.random = draws(seed, "aftermath")
        self.tally = Tally()
        self.staff = Staff(shop.app, draws(seed, "staff"), self.tally)
        self.opening = dict(stock.values())
        self.skus = sorted(stock)
        self.left_pages: list[str] = []
        self.debits: list[str] = []

    def rage(self, people: int) -> None:
        """Let everybody shop at once."""
        turn_bad(self.shop.simulator, self.seed)
        shoppers = [self._shopper(number) for number in range(people)]
        with self.staff.working(), ThreadPoolExecutor(people) as crowd:
            list(crowd.map(_shop_around, shoppers))
        for shopper in shoppers:
            self.left_pages += shopper.left_pages
            self.debits += shopper.debits
            shopper.close()

    def abate(self, session: Session) -> None:
        """Let all pages end, sell half of the rest to others, and let money come late, all in bad weather."""
        aftermath.end_pages(self.shop.simulator)
        aftermath.let_time_pass_at_the_shop(self.shop.engine, also_without_page=False)
        self.staff.run_jobs()
        half = self.random.sample(sorted(self.opening), len(self.opening) // 2)
        for variant_id, units in sell_rest(session, half).items():
            self.opening[variant_id] -= units
        aftermath.send_late_money(self.shop.simulator, self.left_pages, self.random, self.tally)
        aftermath.decide_debits(self.shop.simulator, self.debits, self.random)

    def end(self) -> None:
        """Let everything come to its end in good weather; what was dropped is only found by the jobs."""
        simulator = self.shop.simulator
        clear_up(simulator)
        aftermath.end_refunds(simulator, self.random)
        aftermath.wait_for_deliveries(simulator, self.shop.state)
        for also_without_page in (False, True, True):
            aftermath.let_time_pass_at_the_shop(self.shop.engine, also_without_page=also_without_page)
            self.staff.run_jobs()
        self.staff.send_prepared_refunds()
        aftermath.wait_for_deliveries(simulator, self.shop.state)
        self.staff.run_jobs()

    def _shopper(self, number: int) -> Shopper:
        buyer = Buyer(self.shop.address)
        self.tally.watch(buyer.http, self.shop.address)
        return Shopper(
            name=f"Shopper {number}",
            buyer=buyer,
            simulator=self.shop.simulator,
            skus=self.skus,
            random=draws(self.seed, number),
            tally=self.tally,
            overstay=lambda session_id: aftermath.overstay(self.shop.engine, session_id),
        )


def _shop_around(shopper: Shopper) -> None:
    """Walk the course that the shopper's seed chooses."""
    [course] = shopper.random.choices(list(COURSES), list(COURSES.values()))
    shopper.fill_cart()
    page = shopper.open_page()
    if page is None:
        shopper.tally.note("left without a page")
        return
    shopper.tally.note(course.__name__.replace("_", " "))
    course(shopper, page)
