"""Refunds on the command line: list, make, send, withdraw."""

from collections.abc import Callable, Sequence

import click
from flask.cli import AppGroup

from app.money import parse_cents
from app.orders.models import Order
from app.orders.queries import find_order
from app.payments.gateway import GatewayUnavailable
from app.payments.models import Refund
from app.payments.queries import find_payment_for_order, list_refunds
from app.payments.refund_limits import RefundRefused
from app.payments.refunds import RefundPlan
from app.session import get_session
from app.web.payments import current_refunds

refunds_group = AppGroup("refunds", help="Money that goes back to buyers.")
by_option = click.option("--by", "actor", required=True, help="Who decides; it is kept on the timeline.")


@refunds_group.command("list")
@click.argument("code")
def list_command(code: str) -> None:
    """Show every refund of an order."""
    order = _order(code)
    payment = find_payment_for_order(get_session(), order.id)
    for refund in list_refunds(get_session(), payment.id) if payment else ():
        click.echo(_words(refund))
    click.echo(f"{order.refunded} of {order.total} refunded; the payment is {order.payment_status}.")


@refunds_group.command("make")
@click.argument("code")
@click.option("--whole", is_flag=True, help="Everything that is left.")
@click.option("--amount", help="An amount such as 12.50.")
@click.option("--line", "units", multiple=True, metavar="SKU=UNITS", help="Units of a line.")
@click.option("--delivery", is_flag=True, help="What was paid for the delivery.")
@click.option("--restock", multiple=True, metavar="SKU=UNITS", help="Units that go back on the shelf.")
@click.option("--reason", required=True, help="Why; it is kept on the timeline.")
@by_option
def make_command(
    *,
    code: str,
    whole: bool,
    amount: str | None,
    units: Sequence[str],
    delivery: bool,
    restock: Sequence[str],
    reason: str,
    actor: str,
) -> None:
    """Refund an order whole, by amount, or by lines."""
    if sum((whole, amount is not None, bool(units) or delivery)) != 1:
        raise click.UsageError("Choose one: --whole, --amount, or --line with or without --delivery.")
    order = _order(code)
    plan = RefundPlan(
        actor=actor,
        reason=reason,
        is_whole=whole,
        amount_cents=_cents(amount),
        units=_units_by_line(order, units),
        with_delivery=delivery,
        restock=_units_by_line(order, restock),
    )
    _report(lambda: current_refunds().make(order.id, plan))


@refunds_group.command("send")
@click.argument("refund_id", type=int)
@by_option
def send_command(refund_id: int, actor: str) -> None:
    """Send a prepared refund."""
    _report(lambda: current_refunds().send(refund_id, actor=actor))


@refunds_group.command("withdraw")
@click.argument("refund_id", type=int)
@by_option
def withdraw_command(refund_id: int, actor: str) -> None:
    """Drop a prepared refund."""
    _report(lambda: current_refunds().withdraw(refund_id, actor=actor))


def _report(act: Callable[[], Refund]) -> None:
    try:
        refund = act()
    except (RefundRefused, LookupError) as error:
        raise click.ClickException(str(error)) from error
    except GatewayUnavailable as error:
        message = "Stripe was not reached. The refund is written down, and the worker sends it again."
        raise click.ClickException(message) from error
    click.echo(_words(refund))


def _words(refund: Refund) -> str:
    return f"Refund {refund.id}: {refund.amount} {refund.status} ({refund.reason})"


def _order(code: str) -> Order:
    order = find_order(get_session(), code.upper())
    if order is None:
        raise click.ClickException(f"There is no order {code}.")
    return order


def _cents(amount: str | None) -> int | None:
    try:
        return None if amount is None else parse_cents(amount)
    except ValueError as error:
        raise click.UsageError(str(error)) from error


def _units_by_line(order: Order, pairs: Sequence[str]) -> dict[int, int]:
    lines = {line.sku: line.id for line in order.lines}
    units: dict[int, int] = {}
    for pair in pairs:
        sku, _, number = pair.partition("=")
        if sku not in lines or not number.isdecimal():
            raise click.UsageError(f"{pair!r} is not SKU=UNITS of a line of this order.")
        if lines[sku] in units:
            raise click.UsageError(f"{sku} is named twice.")
        units[lines[sku]] = int(number)
    return units
