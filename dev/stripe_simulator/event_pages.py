"""The developers' pages of events and their deliveries."""

from flask import Blueprint
from werkzeug.wrappers import Response

from .deliveries import send_again, send_dropped
from .events import present_event
from .pages import page, see_other
from .simulator import Simulator
from .store import Record


def add_event_pages(blueprint: Blueprint, simulator: Simulator) -> None:
    """Add the pages to the blueprint."""
    pages = EventPages(simulator)
    blueprint.add_url_rule("/events", "events", pages.events, methods=["GET"])
    blueprint.add_url_rule("/events/<event_id>", "event", pages.event, methods=["GET"])
    blueprint.add_url_rule("/events/<event_id>/send", "send", pages.send, methods=["POST"])
    blueprint.add_url_rule("/events/send-dropped", "send_dropped", pages.send_dropped, methods=["POST"])


class EventPages:
    """The views."""

    def __init__(self, simulator: Simulator) -> None:
        self._simulator = simulator

    def events(self) -> Response:
        """List the newest events with their deliveries."""
        found = self._simulator.store.select("event", tail="ORDER BY sequence DESC LIMIT 100")
        return page("dev_events.html", events=[(event.body, *self._delivery(event)) for event in found])

    def event(self, event_id: str) -> Response:
        """Show one event as it is sent."""
        event = self._simulator.require("event", event_id, "id")
        state, attempts = self._delivery(event)
        body = present_event(self._simulator, event)
        return page("dev_event.html", event=body, state=state, attempts=attempts)

    def send(self, event_id: str) -> Response:
        """Send an event once more."""
        send_again(self._simulator, event_id)
        return see_other("/dev/events")

    def send_dropped(self) -> Response:
        """Send every event that a fault dropped."""
        send_dropped(self._simulator)
        return see_other("/dev/events")

    def _delivery(self, event: Record) -> tuple[str, list[tuple[float, str]]]:
        rows = self._simulator.store.rows("SELECT state FROM deliveries WHERE event_id = ?", [event.id])
        attempts = self._simulator.store.rows(
            "SELECT made_at, outcome FROM attempts WHERE event_id = ? ORDER BY id", [event.id]
        )
        return str(rows[0][0]), [(made_at, outcome) for made_at, outcome in attempts]
