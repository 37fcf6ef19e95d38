"""Questions of readers, on the command line: staff read, answer or decline them."""

import click
from flask.cli import AppGroup
from sqlalchemy.orm import Session

from app.guidance.question_models import ReaderQuestion
from app.guidance.question_queries import find_question, list_waiting
from app.guidance.questions import QuestionDecided, WordingRefused, decline, publish_question
from app.session import get_session, transaction

questions_group = AppGroup("questions", help="Questions that readers have sent.")
by_option = click.option("--by", "actor", required=True, help="Who decides; it is kept with the question.")


@questions_group.command("list")
def list_command() -> None:
    """Show every question that waits, as it was sent."""
    for question in list_waiting(get_session()):
        wish = "  (wants the answer by mail)" if question.email else ""
        click.echo(f"question {question.id}  {question.asked_at:%Y-%m-%d}  {question.guide.slug}{wish}")
        click.echo("\n".join(f"  {line}" for line in (question.asked or "").splitlines()))


@questions_group.command("answer")
@click.argument("number", type=int)
@click.option("--question", "shown", required=True, help="The question as readers see it, without names.")
@click.option("--answer", required=True, help="The answer as readers see it.")
@by_option
def answer_command(number: int, shown: str, answer: str, actor: str) -> None:
    """Publish a question with its answer; what was sent is forgotten."""
    try:
        with transaction() as session:
            question = _question(session, number)
            publish_question(session, question, shown, answer, actor)
    except (QuestionDecided, WordingRefused) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"question {number} is on the page {question.guide.slug}")


@questions_group.command("decline")
@click.argument("number", type=int)
@by_option
def decline_command(number: int, actor: str) -> None:
    """Forget a question without showing it."""
    try:
        with transaction() as session:
            decline(session, _question(session, number), actor)
    except QuestionDecided as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"question {number} is declined and forgotten")


def _question(session: Session, number: int) -> ReaderQuestion:
    question = find_question(session, number)
    if question is None:
        raise click.ClickException(f"There is no question {number}.")
    return question
