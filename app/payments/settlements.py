"""Asking the provider and settling, as a walk: no transaction is open while the provider is asked."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from app.payments.gateway import GatewayRefused, GatewayUnavailable, PaymentGateway, SessionState
from app.payments.money_back import RefundState
from app.payments.news import News, StaleNews
from app.payments.outcome import Outcome
from app.payments.queries import Standing, find_standing
from app.payments.settlement import settle

Transaction = Callable[[], AbstractContextManager[Session]]
# Each try that fails means that somebody else got further.
TRIES = 8


@dataclass(frozen=True)
class Question:
    """What is asked about a payment beside its page."""

    session_id: str
    about_refunds: bool = False
    dispute_id: str | None = None
    # What the provider has just answered to a request, with our key whether it repeats it or not.
    answered: RefundState | None = None
    says_failed: bool = False


@dataclass(frozen=True)
class Settlements:
    """The walks that end in `settle`, over one provider and one kind of transaction."""

    gateway: PaymentGateway
    transaction: Transaction
    get_session: Callable[[], Session]
    end_reading: Callable[[], None]

    def find_page(self, session_id: str) -> SessionState:
        """Ask the provider what has become of a page, and change nothing."""
        return self._provider.find_page(session_id)

    def settle_page(self, session_id: str, *, about_refunds: bool = False) -> Outcome:
        """Ask the provider what has become of a payment and bring the order to it."""
        return self._settle(Question(session_id, about_refunds))

    def settle_dispute(self, session_id: str, dispute_id: str) -> Outcome:
        """Ask the provider about a dispute of a payment and bring the order to it."""
        return self._settle(Question(session_id, dispute_id=dispute_id))

    def _settle(
        self,
        question: Question,
        *,
        ask_page: Callable[[], SessionState] | None = None,
        also: Callable[[Session, Outcome], None] = lambda _session, _outcome: None,
    ) -> Outcome:
        """Ask and settle until no other news come between; `also` happens in the same transaction."""
        for _ in range(TRIES):
            standing = find_standing(self.get_session(), question.session_id)
            news = self._ask(question, standing, ask_page)
            try:
                with self.transaction() as session:
                    outcome = settle(session, news, revision=standing.revision)
                    also(session, outcome)
                    return outcome
            except StaleNews:
                continue
        raise GatewayUnavailable("the payment changes faster than it can be asked about")

    def _ask(
        self, question: Question, standing: Standing, ask_page: Callable[[], SessionState] | None
    ) -> News:
        page = ask_page() if ask_page else self._provider.find_page(question.session_id)
        if page.has_failed is None and question.says_failed:
            page = replace(page, has_failed=True)
        news = News(page)
        if question.about_refunds or standing.has_refunds or page.amount_refunded:
            news = self._ask_for_refunds(news)
        if question.dispute_id:
            news = replace(news, disputes=(self._provider.find_dispute(question.dispute_id),))
        return replace(news, answered=question.answered)

    def _ask_for_refunds(self, news: News) -> News:
        if news.page.payment_intent_id is None:
            return news
        try:
            found = self._provider.list_refunds(news.page.payment_intent_id)
        except GatewayRefused:
            # A server that cannot list them; the charge still says how much has gone back.
            return news
        news = replace(news, refunds=tuple(found))
        if news.page.amount_refunded in (None, news.listed_cents):
            return news
        # A refund came between the two questions: what the charge says now is at least as new as the list.
        return replace(news, page=self._provider.find_page(news.page.id))

    @property
    def _provider(self) -> PaymentGateway:
        # The provider may take seconds: no transaction, not even a reading one, waits for it.
        self.end_reading()
        return self.gateway
