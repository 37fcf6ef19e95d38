"""Words and numbers as templates show them."""

from datetime import date, datetime

from flask import Flask

from app.config import Config
from app.money import Money, format_money


def init_app(app: Flask, config: Config) -> None:
    """Give templates the shop's filters and its name."""
    app.jinja_env.filters["money"] = money
    app.jinja_env.filters["long_date"] = long_date
    app.jinja_env.globals["shop"] = config.shop
    app.jinja_env.globals["base_url"] = config.base_url


def money(amount: Money | int, currency: str = "USD") -> str:
    """Write an amount as people read it."""
    return str(amount) if isinstance(amount, Money) else format_money(amount, currency)


def long_date(day: date | datetime) -> str:
    """Write a day as people read it: November 22, 2026."""
    return f"{day:%B} {day.day}, {day.year}"
