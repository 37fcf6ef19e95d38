"""The shop is killed with SIGKILL at every point where money moves; time passes, and everything is right."""

import pytest
from sqlalchemy.orm import Session

from tests.crashes import afterwards, paying
from tests.crashes.matrix import Matrix, Report, Story
from tests.crashes.world import Stage

STORIES: tuple[Story, ...] = (
    paying.checkout_then_paid_then_told_by_webhook,
    paying.return_before_the_webhook,
    paying.cancelled_on_the_payment_page,
    paying.checkout_again_with_a_changed_cart,
    paying.declined_and_expired,
    paying.bank_debit_that_arrives,
    paying.bank_debit_that_fails,
    paying.bank_debit_seen_first_by_the_return_page,
    paying.late_money_while_there_is_stock,
    paying.late_money_when_all_is_sold,
    afterwards.whole_refund,
    afterwards.refund_of_one_unit_that_goes_back_on_the_shelf,
    afterwards.refund_that_fails_later,
    afterwards.refund_made_at_stripe,
    afterwards.worker_closes_an_overdue_page,
    afterwards.worker_finds_a_payment_that_was_never_told,
    afterwards.worker_sends_a_refund_that_was_never_sent,
    afterwards.worker_notes_a_refund_that_nobody_noted,
    afterwards.worker_sends_the_mail,
)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__)
def test_a_killed_process_leaves_nothing_that_does_not_heal(
    stage: Stage, tally: Report, story: Story, shop_session: Session
) -> None:
    report = Matrix(stage, story, shop_session).kill_everywhere()
    tally.points += report.points
    tally.runs += report.runs
    tally.problems += report.problems
    assert report.problems == []


@pytest.mark.parametrize(
    ("story", "point", "word"),
    [
        (paying.checkout_then_paid_then_told_by_webhook, "after Stripe: open_page", "still open"),
        (afterwards.refund_of_one_unit_that_goes_back_on_the_shelf, "after Stripe: refund", "ended as"),
    ],
    ids=["page", "refund"],
)
def test_a_gateway_that_forgets_its_key_is_found_out(
    stage: Stage, story: Story, point: str, word: str, shop_session: Session
) -> None:
    assert Matrix(stage, story, shop_session).kill_once(point).problems == []
    broken = Matrix(stage, story, shop_session, is_forgetful=True).kill_once(point)
    assert any(word in problem for problem in broken.problems), broken.problems
