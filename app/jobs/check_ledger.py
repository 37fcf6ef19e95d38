"""Proves that stock on hand and reserved equal the ledger."""

from app.inventory.queries import Drift, list_drifts
from app.jobs.report import JobReport
from app.session import get_session


def check_ledger() -> JobReport:
    """Compare every count with the sum of its movements; each difference is named."""
    drifts = list_drifts(get_session())
    if not drifts:
        return JobReport("Stock on hand and reserved equal the ledger.")
    return JobReport("\n".join(_words(drift) for drift in drifts), is_well=False)


def _words(drift: Drift) -> str:
    return (
        f"variant {drift.variant_id}: on hand {drift.on_hand}, ledger {drift.ledger_on_hand}; "
        f"reserved {drift.reserved}, ledger {drift.ledger_reserved}"
    )
