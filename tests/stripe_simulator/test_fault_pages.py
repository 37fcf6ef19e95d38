"""The developers' pages of faults, and the buttons of payments."""

import pytest

from tests.stripe_simulator.samples import order
from tests.stripe_simulator.simulator_process import SimulatorProcess


def page(own: SimulatorProcess, path: str) -> str:
    answer = own.web.get(f"{own.base}/dev/{path}", timeout=10)
    assert answer.status_code == 200
    assert "<script" not in answer.text
    return answer.text


def test_lists_rules_and_clears_one_a_kind_or_all(own: SimulatorProcess) -> None:
    assert "Everything works as it should" in page(own, "faults")
    own.act("faults", kind="drop", count=3, match="charge.")
    own.act("faults", kind="slow", chance=12.5, seed=4)
    own.act("faults", kind="slow")
    shown = page(own, "faults")
    assert "3 more" in shown
    assert "chance 12.5 % (seed 4)" in shown
    assert own.act("faults/clear", id=1) == 303
    assert "drop events</h2>" not in page(own, "faults")
    own.act("faults", kind="drop")
    own.act("faults/clear", kind="slow")
    shown = page(own, "faults")
    assert "drop events</h2>" in shown
    assert "answer late</h2>" not in shown
    own.act("faults/clear")
    assert "Everything works as it should" in page(own, "faults")


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"kind": "earthquake"},
        {"kind": "drop", "count": "0"},
        {"kind": "drop", "count": "1.5"},
        {"kind": "drop", "chance": "101"},
        {"kind": "drop", "chance": "often"},
        {"kind": "delay", "seconds": "-1"},
        {"kind": "duplicate", "copies": "1"},
        {"kind": "slow", "seed": "x"},
    ],
)
def test_refuses_rules_that_make_no_sense(running: SimulatorProcess, fields: dict[str, str]) -> None:
    assert running.act("faults", **fields) == 422


def test_refuses_to_clear_what_is_no_rule(running: SimulatorProcess) -> None:
    assert running.act("faults/clear", id="x") == 422


@pytest.mark.parametrize(
    "path", ["faults", "faults/clear", "clock", "events/send-dropped", "refunds/re_1/fail"]
)
def test_refuses_forms_that_another_site_sends(running: SimulatorProcess, path: str) -> None:
    headers = {"Sec-Fetch-Site": "cross-site"}
    assert running.web.post(f"{running.base}/dev/{path}", headers=headers, timeout=10).status_code == 403


def test_offers_for_a_session_what_can_be_done_to_it(own: SimulatorProcess) -> None:
    session = own.new_session(order())
    own.act(f"sessions/{session.id}/expire")
    assert "Pay after expiry" in page(own, f"sessions/{session.id}")
    session = own.paid_session(order())
    assert "Only ask (inquiry)" in page(own, f"sessions/{session.id}")
    own.act("faults", kind="refund-requires-action")
    own.act(f"sessions/{session.id}/refund", amount="5")
    shown = page(own, f"sessions/{session.id}")
    assert all(label in shown for label in ("Let it succeed", "Let it fail", ">Cancel<"))
    own.act(f"sessions/{session.id}/dispute")
    shown = page(own, f"sessions/{session.id}")
    assert all(label in shown for label in ("Start the review", "Let the shop win", "Let the shop lose"))
    assert "Make it a dispute" not in shown


def test_offers_to_send_what_was_dropped(own: SimulatorProcess) -> None:
    own.act("faults", kind="drop", count=3)
    own.paid_session(order())
    assert "Send all that were dropped" in page(own, "events")
