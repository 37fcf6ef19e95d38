"""No mail makes a banned claim, whatever it is about."""

import re
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app import clock
from app.jobs.order_mails import KINDS, write_letter
from app.outbox.claim import Claim
from app.session import get_session
from tests.claims_lint.lint import Lint
from tests.claims_lint.page_text import read_texts
from tests.outbox.paid_order import add_paid_order
from tests.telling import say

FACTS = {"amount_cents": "1234", "reason": "The amount differs."}
JINJA = re.compile(r"{%.*?%}|{#.*?#}|{{.*?}}", re.DOTALL)


def test_no_mail_about_a_real_order_makes_a_banned_claim(
    shop_app: Flask, shop_session: Session, request: pytest.FixtureRequest
) -> None:
    add_paid_order(shop_session)
    lint = Lint()
    known = [name for name, kind in KINDS.items() if set(kind.needs) <= FACTS.keys()]
    for number, name in enumerate(known, start=1):
        facts = {"order": "PBTESTED", **FACTS}
        with shop_app.app_context():
            claim = Claim(number, f"key of {name}", name, facts, 1, clock.now())
            letter = write_letter(get_session(), claim)
        lint.read(name, [letter.subject, letter.text, *read_texts(letter.html)])
    say(
        request.node, f"Claims lint: {len(known)} mails, {lint.texts} texts, {len(lint.found)} banned claims."
    )
    assert lint.found == []
    assert len(known) >= 6


def test_no_template_of_a_mail_makes_a_banned_claim(project_folder: Path) -> None:
    lint = Lint()
    templates = sorted((project_folder / "templates" / "mails").iterdir())
    for path in templates:
        text = JINJA.sub("", path.read_text())
        lint.read(path.name, read_texts(text) if path.suffix == ".html" else [text])
    assert lint.found == []
    assert len(templates) > 10
