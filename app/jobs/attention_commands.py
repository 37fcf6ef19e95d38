"""What waits for a person, on the command line: orders, and events that were parked."""

import click
from flask.cli import AppGroup
from sqlalchemy.orm import Session

from app.orders.attention import settle_attention
from app.orders.models import Order
from app.orders.queries import find_order_by_code, list_orders_needing_attention
from app.orders.services import mark_expired
from app.orders.status import PaymentStatus
from app.payments.gateway import GatewayUnavailable
from app.payments.queries import list_parked_events
from app.session import get_session, transaction
from app.web.payments import current_inbox

attention_group = AppGroup("attention", help="What waits for a person.")
by_option = click.option("--by", "actor", required=True, help="Who decides; it is kept on the timeline.")


@attention_group.command("list")
def list_command() -> None:
    """Name every order and every parked event that waits for a person."""
    for order in list_orders_needing_attention(get_session()):
        click.echo(f"order {order.code}  {order.payment_status}")
        click.echo("\n".join(f"  {reason}" for reason in (order.needs_attention or "").splitlines()))
    for event in list_parked_events(get_session()):
        click.echo(f"event {event.event_id}  {event.type}  {event.outcome}")


@attention_group.command("settle")
@click.argument("code")
@click.option("--reason", required=True, help="What was done; it is kept on the timeline.")
@by_option
def settle_command(code: str, reason: str, actor: str) -> None:
    """Note that a person has dealt with an order."""
    with transaction() as session:
        order = _order(session, code)
        settle_attention(order, actor=actor, reason=reason)
    click.echo(f"order {order.code} waits for nobody any more")


@attention_group.command("give-up")
@click.argument("code")
@click.option("--reason", required=True, help="Why nothing will be sent; it is kept on the timeline.")
@by_option
def give_up_command(code: str, reason: str, actor: str) -> None:
    """Give back the stock of an order that was never rightly paid, such as one whose amount differs."""
    with transaction() as session:
        order = _order(session, code)
        if order.payment_status is not PaymentStatus.OPEN:
            raise click.ClickException(f"The payment is {order.payment_status}, not open.")
        mark_expired(session, order, actor=actor, reason=reason)
    click.echo(f"order {order.code} is cancelled, and its stock is free")


@attention_group.command("replay")
@click.argument("event_id")
def replay_command(event_id: str) -> None:
    """Act on a stored event again."""
    try:
        outcome = current_inbox().replay(event_id)
    except LookupError as error:
        raise click.ClickException(f"There is no event {event_id}.") from error
    except GatewayUnavailable as error:
        raise click.ClickException("Stripe was not reached; nothing has changed.") from error
    click.echo(outcome)


def _order(session: Session, code: str) -> Order:
    order = find_order_by_code(session, code.upper())
    if order is None:
        raise click.ClickException(f"There is no order {code}.")
    return order
