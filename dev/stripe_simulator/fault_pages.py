"""The developers' pages of faults and of the clock."""

from flask import Blueprint, request
from werkzeug.wrappers import Response

from .developer_forms import read_advance, read_fault, read_number
from .errors import ApiError
from .faults import KINDS, add_fault, clear_faults, list_faults
from .pages import page, see_other
from .simulator import Simulator
from .timers import advance_clock


def add_fault_pages(blueprint: Blueprint, simulator: Simulator) -> None:
    """Add the pages to the blueprint."""
    pages = FaultPages(simulator)
    blueprint.add_url_rule("/faults", "faults", pages.faults, methods=["GET"])
    blueprint.add_url_rule("/faults", "add_fault", pages.add, methods=["POST"])
    blueprint.add_url_rule("/faults/clear", "clear_faults", pages.clear, methods=["POST"])
    blueprint.add_url_rule("/clock", "clock", pages.clock, methods=["GET"])
    blueprint.add_url_rule("/clock", "advance", pages.advance, methods=["POST"])


class FaultPages:
    """The views."""

    def __init__(self, simulator: Simulator) -> None:
        self._simulator = simulator

    def faults(self, error: str | None = None, status: int = 200) -> Response:
        """List the rules, with a form for another."""
        rules = list_faults(self._simulator)
        return page("dev_faults.html", status, faults=rules, concerns=KINDS, error=error, typed=request.form)

    def add(self) -> Response:
        """Set a rule."""
        try:
            add_fault(self._simulator, read_fault(request.form))
        except ApiError as fault:
            return self.faults(fault.message, 422)
        return see_other("/dev/faults")

    def clear(self) -> Response:
        """Remove the rules of a kind, one rule, or all."""
        try:
            kind, identifier = request.form.get("kind", ""), read_number(request.form, "id", 0, 0, 2**53)
        except ApiError as fault:
            return self.faults(fault.message, 422)
        clear_faults(self._simulator, kind=kind, fault_id=int(identifier) or None)
        return see_other("/dev/faults")

    def clock(self, error: str | None = None, status: int = 200) -> Response:
        """Show the simulator's time."""
        clock = self._simulator.clock
        return page("dev_clock.html", status, now=clock.now(), ahead=clock.offset, error=error)

    def advance(self) -> Response:
        """Put the clock forward."""
        try:
            advance_clock(self._simulator, read_advance(request.form))
        except ApiError as fault:
            return self.clock(fault.message, 422)
        return see_other("/dev/clock")
