"""Signs webhook bodies as Stripe does."""

import hashlib
import hmac


def signature_header(body: bytes, secret: str, timestamp: int) -> str:
    """Return the `Stripe-Signature` header for the bytes sent at a time in seconds since 1970."""
    signed = f"{timestamp}.".encode() + body
    digest = hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
    return f"t={timestamp},v1={digest}"
