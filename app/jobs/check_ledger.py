"""Proves that stock on hand and reserved equal the ledger, and reserved what is held."""

from app.inventory.queries import Drift, list_drifts, list_loose_holds
from app.jobs.report import JobReport
from app.session import get_session


def check_ledger() -> JobReport:
    """Compare every count with the sum of its movements and holds; each difference is named."""
    session = get_session()
    problems = [_words(drift) for drift in list_drifts(session)]
    problems += [
        f"variant {variant_id}: reserved {reserved}, but orders hold {held}"
        for variant_id, reserved, held in list_loose_holds(session)
    ]
    if not problems:
        return JobReport("Stock on hand and reserved equal the ledger.")
    return JobReport("\n".join(problems), is_well=False)


def _words(drift: Drift) -> str:
    return (
        f"variant {drift.variant_id}: on hand {drift.on_hand}, ledger {drift.ledger_on_hand}; "
        f"reserved {drift.reserved}, ledger {drift.ledger_reserved}"
    )
