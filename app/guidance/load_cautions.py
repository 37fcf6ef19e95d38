"""Writes the cautions with their rules, keeps every version of their words, and ties them to goods."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.catalog.models import Category, Product, Variant
from app.catalog.seed_rows import CatalogSeed
from app.guidance.caution_models import Caution, CautionRule, CautionTarget, CautionVersion
from app.guidance.caution_rows import CautionRuleRow
from app.guidance.row_changes import RowChanges, Values

Carriers = Mapping[str, Sequence[str]]
Cautions = Mapping[object, Caution]


def load_cautions(
    session: Session, changes: RowChanges, catalog: CatalogSeed, rules: Iterable[CautionRuleRow]
) -> None:
    """Make cautions, rules and ties what the seed says; goods that the seed does not know keep theirs."""
    rows = (
        {"code": row.code, "title": row.title, "short": row.short, "position": position}
        for position, row in enumerate(catalog.cautions, start=1)
    )
    cautions = changes.put_all(Caution, "code", rows)
    rules_of: dict[str, list[CautionRuleRow]] = defaultdict(list)
    for rule in rules:
        rules_of[rule.caution].append(rule)
    for row in catalog.cautions:
        changes.match(
            cautions[row.code].rules, CautionRule, "position", list(_rule_values(rules_of[row.code]))
        )
    _keep_versions(session, changes, [cautions[row.code] for row in catalog.cautions])
    _tie_all(session, changes, catalog, cautions)


def _rule_values(rules: Iterable[CautionRuleRow]) -> Iterable[Values]:
    for position, rule in enumerate(rules, start=1):
        yield {
            "action": rule.action,
            "circumstance": rule.circumstance,
            "text": rule.text,
            "position": position,
        }


def _keep_versions(session: Session, changes: RowChanges, cautions: Iterable[Caution]) -> None:
    """Give changed words a new version, and keep them."""
    latest: dict[int, CautionVersion] = {}
    for kept in session.scalars(select(CautionVersion).order_by(CautionVersion.version)):
        latest[kept.caution_id] = kept
    for caution in cautions:
        words = _words(caution)
        before = latest.get(caution.id)
        if before is None or words != {name: getattr(before, name) for name in words}:
            caution.version = before.version + 1 if before else 1
            numbered = {"caution_id": caution.id, "version": caution.version, "created_at": clock.now()}
            changes.put(None, CautionVersion, words | numbered)


def _words(caution: Caution) -> dict[str, object]:
    rules = [
        {"action": rule.action.value, "circumstance": rule.circumstance, "text": rule.text}
        for rule in sorted(caution.rules, key=lambda rule: rule.position)
    ]
    return {"title": caution.title, "short": caution.short, "rules": rules}


def _tie_all(session: Session, changes: RowChanges, catalog: CatalogSeed, cautions: Cautions) -> None:
    families: dict[str, list[str]] = {row.slug: [] for row in catalog.categories}
    skus: dict[str, list[str]] = {row.sku: [] for row in catalog.variants}
    for row in catalog.cautions:
        for slug in row.families:
            families[slug].append(row.code)
        for sku in row.skus:
            skus[sku].append(row.code)
    products = {row.code: row.cautions for row in catalog.products}
    kinds: tuple[tuple[str, Mapping[str, int], Carriers], ...] = (
        ("category_id", dict(session.execute(select(Category.slug, Category.id)).all()), families),
        ("product_id", dict(session.execute(select(Product.code, Product.id)).all()), products),
        ("variant_id", dict(session.execute(select(Variant.sku, Variant.id)).all()), skus),
    )
    targets = session.scalars(select(CautionTarget)).all()
    for column, ids, carriers in kinds:
        carried: dict[int | None, list[CautionTarget]] = defaultdict(list)
        for target in targets:
            carried[getattr(target, column)].append(target)
        for key in carriers.keys() & ids.keys():
            wanted = [{column: ids[key], "caution_id": cautions[code].id} for code in carriers[key]]
            changes.match(carried[ids[key]], CautionTarget, "caution_id", wanted)
