"""What the simulator is started with, and the reasons for which it refuses to start."""

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Settings:
    """The simulator's address, state file, key, and the webhook endpoint it reports to."""

    host: str
    port: int
    state: Path
    webhook_url: str
    webhook_secret: str
    api_key: str
    dispute_delay: float = 2.0
    refund_delay: float = 2.0

    @property
    def base_url(self) -> str:
        """Return the address under which the simulator answers."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"


def refusal(settings: Settings, environment: Mapping[str, str]) -> str | None:
    """Return why the simulator must not start with these settings, or None when it may."""
    if environment.get("SHOP_ENV", "").strip().lower() == "production":
        return "the simulator does not run in production (SHOP_ENV)"
    if not re.fullmatch(r"sk_test_\S+", settings.api_key):
        return "--api-key must begin with sk_test_"
    if not re.fullmatch(r"whsec_\S+", settings.webhook_secret):
        return "--webhook-secret must begin with whsec_"
    if not _is_loopback(settings.host):
        return "--host must be a loopback address"
    if (
        urlsplit(settings.webhook_url).scheme not in ("http", "https")
        or not urlsplit(settings.webhook_url).hostname
    ):
        return "--webhook-url must be an http or https address"
    return None


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
