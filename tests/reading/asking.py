"""Readers who ask, and the questions that came of it."""

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.guidance.question_models import ReaderQuestion

GUIDE = "heat-or-cold"
TEXT = "How long should a warm pack stay on my lower back?"
THANKS = f"/guides/{GUIDE}/questions/thanks"


def send(client: FlaskClient, text: str = TEXT, guide: str = GUIDE, **fields: str) -> TestResponse:
    """Send the form under a guide."""
    return client.post(f"/guides/{guide}/questions", data={"question": text, "email": "", **fields})


def all_questions(session: Session) -> list[ReaderQuestion]:
    """Return every question as it is now."""
    session.rollback()
    query = select(ReaderQuestion).order_by(ReaderQuestion.id)
    return list(session.scalars(query.execution_options(populate_existing=True)))


def run(app: Flask, *words: object) -> tuple[int, str]:
    """Run a command as `flask` does; returns how it ended and what it said."""
    result = app.test_cli_runner().invoke(args=[str(word) for word in words])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.output
