"""What staff wish to give back, and what that comes to by the rules of the house."""

from dataclasses import dataclass

from tests.model.ledger_model import GONE, OrderModel, RefundModel, Units


@dataclass(frozen=True)
class RefundWish:
    """Everything, or an amount, or one unit of a line; and whether one unit comes back to the shelf."""

    kind: str
    sku: str
    cents: int = 0
    comes_back: bool = False


def expect(order: OrderModel, wish: RefundWish) -> RefundModel | None:
    """Return the refund that must come of a wish; None when the shop must refuse it."""
    units = {"whole": _units_left(order), "unit": {wish.sku: 1}, "amount": {}}[wish.kind]
    shelf = {wish.sku: 1} if wish.comes_back else {}
    if any(number > _units_left(order).get(sku, 0) for sku, number in units.items()):
        return None
    if any(number > _shelf_left(order, sku) for sku, number in shelf.items()):
        return None
    line_cents = {sku: _worth(order, sku, number) for sku, number in units.items()}
    delivery = order.delivery_paid - sum(refund.delivery_cents for refund in order.live)
    delivery = max(0, delivery) if wish.kind == "whole" else 0
    cents = {"whole": order.left, "unit": sum(line_cents.values()), "amount": wish.cents}[wish.kind]
    if not 0 < cents <= order.left:
        return None
    return RefundModel(
        cents,
        "requested",
        units=units,
        shelf=shelf,
        line_cents=line_cents,
        delivery_cents=min(delivery, cents),
    )


def _units_left(order: OrderModel) -> Units:
    left = {
        sku: number - sum(refund.units.get(sku, 0) for refund in order.live)
        for sku, number in order.units.items()
    }
    return {sku: number for sku, number in left.items() if number > 0}


def _shelf_left(order: OrderModel, sku: str) -> int:
    sold = order.units[sku] if order.has_goods else 0
    waiting = sum(refund.shelf.get(sku, 0) for refund in order.live if refund.status not in GONE)
    return sold - order.returned.get(sku, 0) - waiting


def _worth(order: OrderModel, sku: str, units: int) -> int:
    """Price units so that all of a line together are worth what was paid for it, to the cent."""
    of, paid = order.units[sku], order.line_paid[sku]
    done = of - _units_left(order).get(sku, 0)
    gone = sum(refund.line_cents.get(sku, 0) for refund in order.live)
    return max(0, (2 * paid * (done + units) + of) // (2 * of) - gone)
