"""Words and numbers as templates show them."""

import re
from datetime import date, datetime

from flask import Flask
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from app.config import Config
from app.money import Money, format_money

NOT_IN_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def init_app(app: Flask, config: Config) -> None:
    """Give templates the shop's filters and its name."""
    app.jinja_env.filters["money"] = money
    app.jinja_env.filters["long_date"] = long_date
    app.jinja_env.filters["json_ld"] = json_ld
    app.jinja_env.filters["xml_text"] = xml_text
    app.jinja_env.globals["shop"] = config.shop
    app.jinja_env.globals["base_url"] = config.base_url


def money(amount: Money | int, currency: str = "USD") -> str:
    """Write an amount as people read it."""
    return str(amount) if isinstance(amount, Money) else format_money(amount, currency)


def long_date(day: date | datetime) -> str:
    """Write a day as people read it: November 22, 2026."""
    return f"{day:%B} {day.day}, {day.year}"


def json_ld(data: object) -> Markup:
    """Write a block of JSON-LD that nothing in it can end: no tag and no comment of HTML stays itself."""
    return htmlsafe_json_dumps(data, ensure_ascii=True, separators=(",", ":"))


def xml_text(text: str) -> str:
    """Leave out the characters that XML has no way to write; the template escapes the rest."""
    return NOT_IN_XML.sub("", text)
