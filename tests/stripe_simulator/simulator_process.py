"""Starts the simulator as its own process and drives it as a shop and a customer would."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import requests
import stripe

from tests.stripe_simulator.samples import card_form

ROOT = Path(__file__).parents[2]
API_KEY = "sk_test_simulator_tests"
SECRET = "whsec_simulator_tests"


def free_port() -> int:
    """Return a port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(arguments: list[str], **environment: str) -> "subprocess.Popen[str]":
    """Start the command with warnings as errors; its output is piped."""
    command = [sys.executable, "-W", "error", "-m", "dev.stripe_simulator", *arguments]
    settings = {**os.environ, "SHOP_ENV": "development", **environment}
    return subprocess.Popen(
        command, cwd=ROOT, env=settings, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


class SimulatorProcess:
    """A running simulator with an SDK client; `stop` and `run` may be repeated on the same state."""

    def __init__(self, state: Path, webhook_url: str) -> None:
        self.state = state
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self.web = requests.Session()
        self.web.trust_env = False
        self._webhook_url = webhook_url
        self.http = stripe.RequestsClient(timeout=10, session=requests.Session())
        self.client = stripe.StripeClient(
            API_KEY,
            stripe_version=stripe.api_version,
            max_network_retries=0,
            http_client=self.http,
            base_addresses={"api": self.base},
        )
        self.run()

    def run(self) -> None:
        """Start the process and wait until it answers."""
        arguments = {
            "--port": str(self.port),
            "--state": str(self.state),
            "--webhook-url": self._webhook_url,
            "--webhook-secret": SECRET,
            "--api-key": API_KEY,
            "--dispute-delay": "0.1",
            "--refund-delay": "0.1",
        }
        self.process = start([text for pair in arguments.items() for text in pair])
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            try:
                self.web.get(f"{self.base}/healthz", timeout=1).raise_for_status()
            except requests.ConnectionError:
                time.sleep(0.05)
            else:
                return
        raise AssertionError("the simulator did not start")

    def stop(self, number: int = signal.SIGTERM) -> tuple[int, str]:
        """Signal the process; return its exit status and what it wrote to standard error."""
        self.process.send_signal(number)
        _, errors = self.process.communicate(timeout=5)
        return self.process.returncode, errors

    def close(self) -> None:
        """End the process, if it runs, and close all connections."""
        if self.process.poll() is None:
            self.stop()
        self.web.close()
        self.http.close()  # type: ignore[no-untyped-call]

    def api(self, method: str, path: str, **options: object) -> requests.Response:
        """Send a request to the API without the SDK."""
        headers = {"Authorization": f"Bearer {API_KEY}", **options.pop("headers", {})}  # type: ignore[dict-item]
        return self.web.request(method, f"{self.base}{path}", headers=headers, timeout=10, **options)  # type: ignore[arg-type]

    def act(self, path: str, **fields: str | float) -> int:
        """Send a developer's form; return the status."""
        address = f"{self.base}/dev/{path}"
        return self.web.post(address, data=fields, allow_redirects=False, timeout=10).status_code

    def charge_of(self, session: stripe.checkout.Session) -> stripe.Charge:
        """Return the charge of a paid session, as it is now."""
        intent = self.session(session.id, "payment_intent.latest_charge").payment_intent
        assert isinstance(intent, stripe.PaymentIntent)
        assert isinstance(intent.latest_charge, stripe.Charge)
        return intent.latest_charge

    def submit(
        self, session: stripe.checkout.Session, form: dict[str, str] | None = None
    ) -> requests.Response:
        """Submit the payment page, by default with a card that pays; redirects are not followed."""
        address = f"{self.base}/pay/{session.id}"
        return self.web.post(address, data=form or card_form(), allow_redirects=False, timeout=10)

    def session(self, identifier: str, *expand: str) -> stripe.checkout.Session:
        """Return a session from the API."""
        return self.client.v1.checkout.sessions.retrieve(identifier, params={"expand": list(expand)})

    def new_session(self, params: dict[str, object]) -> stripe.checkout.Session:
        """Create a session."""
        return self.client.v1.checkout.sessions.create(params=params)  # type: ignore[arg-type]

    def paid_session(
        self, params: dict[str, object], form: dict[str, str] | None = None
    ) -> stripe.checkout.Session:
        """Create a session, pay it, and return it with payment intent and charge."""
        session = self.new_session(params)
        assert self.submit(session, form).status_code == 303
        return self.session(session.id, "payment_intent.latest_charge")
