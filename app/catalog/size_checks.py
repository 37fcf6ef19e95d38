"""The rules between the sizes of one product in the seed files, on which the size finder relies."""

from collections.abc import Iterable

from app.catalog.seed_problem import SeedProblem
from app.catalog.seed_rows import VariantRow
from app.catalog.sizing import SIZE_OPTION


def find_size_conflicts(variants: Iterable[VariantRow]) -> Iterable[SeedProblem]:
    """List every size that is measured elsewhere than its product's others, or that lies within another."""
    earlier: dict[str, list[VariantRow]] = {}
    for row in variants:
        if row.facts.size_basis is None or not row.product:
            continue
        others = earlier.setdefault(row.product, [])
        yield from _conflict(row, others)
        others.append(row)


def _conflict(row: VariantRow, others: list[VariantRow]) -> Iterable[SeedProblem]:
    for other in others:
        if row.facts.size_basis is not other.facts.size_basis:
            message = f"the same product is measured at the {other.facts.size_basis} on line {other.line}"
            yield SeedProblem("variants.csv", row.line, "size_basis", message)
            return
        is_same = _range(row) == _range(other)
        if is_same is not (_name(row) == _name(other)):
            message = (
                f'"{_name(row)}" and "{_name(other)}" on line {other.line} must differ in name and in range'
            )
            yield SeedProblem("variants.csv", row.line, "size_min_cm", message)
            return
        if not is_same and (_is_within(row, other) or _is_within(other, row)):
            message = f"this size and the one on line {other.line} lie one within the other"
            yield SeedProblem("variants.csv", row.line, "size_max_cm", message)
            return


def _range(row: VariantRow) -> tuple[object, object]:
    return row.facts.size_min_cm, row.facts.size_max_cm


def _name(row: VariantRow) -> str:
    return next((choice.value for choice in row.choices if choice.option == SIZE_OPTION), row.label)


def _is_within(inner: VariantRow, outer: VariantRow) -> bool:
    low, high = inner.facts.size_min_cm, inner.facts.size_max_cm
    from_cm, to_cm = outer.facts.size_min_cm, outer.facts.size_max_cm
    if low is None or high is None or from_cm is None or to_cm is None:
        return False
    return from_cm <= low and high <= to_cm
