"""Security headers on every answer."""

from flask import Flask, Response

from app.config import Config

STRIPE_PAGES = "https://checkout.stripe.com"
# Where a stand-in for Stripe shows its payment page on a development machine.
LOCAL_PAGES = "http://127.0.0.1:* http://localhost:* https://127.0.0.1:* https://localhost:*"


def init_app(app: Flask, config: Config) -> None:
    """Add the headers to every answer of the application."""
    fixed = {
        "Content-Security-Policy": _content_security_policy(config),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    if config.is_production:
        fixed["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"

    def add(response: Response) -> Response:
        for name, value in fixed.items():
            response.headers.setdefault(name, value)
        # Whatever does not say that it is for everyone is for one person only.
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    app.after_request(add)


def _content_security_policy(config: Config) -> str:
    # Browsers apply form-action to redirects too, and the checkout form ends on the payment page.
    payment_pages = STRIPE_PAGES
    if not config.is_production:
        payment_pages = f"{STRIPE_PAGES} {LOCAL_PAGES} {config.stripe.api_base}"
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self'",
            "font-src 'self'",
            "connect-src 'self'",
            "manifest-src 'self'",
            f"form-action 'self' {payment_pages}",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    )
