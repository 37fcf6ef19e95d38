"""The seed folder of the shop, loaded as a whole."""

import csv
import shutil
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.catalog.models import Product, Variant
from app.catalog.queries import content_version
from app.catalog.seed_problem import SeedError
from app.catalog.services import unpublish
from app.config import read_config
from app.guidance.caution_queries import list_cautions_for
from app.guidance.models import Guide
from app.guidance.queries import find_guide, list_guides, list_recommendations_for
from app.guidance.services import GuideStillNeeded
from app.inventory.models import StockItem
from app.inventory.queries import find_stock, list_drifts
from app.inventory.services import consume, reserve
from app.jobs.seed import SEED_FOLDER, load_seed, seed_command
from app.web.order_links import EXTENSION
from tests.guidance.statements import counted_statements


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of the seed folder that a test may spoil."""
    copy = tmp_path / "seed"
    shutil.copytree(SEED_FOLDER, copy, ignore=shutil.ignore_patterns("images"))
    (copy / "images").symlink_to(SEED_FOLDER / "images", target_is_directory=True)
    return copy


def spoil(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def count(session: Session, kind: type[object]) -> int:
    return session.scalar(select(func.count()).select_from(kind)) or 0


def test_loads_the_whole_folder(session: Session) -> None:
    report = load_seed(session, SEED_FOLDER)
    assert (report.products, report.variants) == (count(session, Product), count(session, Variant))
    assert report.guides == count(session, Guide) > 0
    assert count(session, StockItem) == report.variants
    assert report.published + len(report.waiting) == report.products
    assert list_drifts(session) == []


def test_loading_twice_changes_nothing(session: Session) -> None:
    load_seed(session, SEED_FOLDER)
    session.commit()
    version = content_version(session)
    with counted_statements(session) as sent:
        again = load_seed(session, SEED_FOLDER)
        session.commit()
    assert [statement for statement in sent if not statement.startswith("SELECT")] == []
    assert "nothing changed" in str(again)
    assert content_version(session) == version


def test_publishes_exactly_the_products_that_a_guide_recommends(shop_session: Session) -> None:
    for product in shop_session.scalars(select(Product)):
        recommended = any(
            product.id == each.product_id
            for guide in shop_session.scalars(select(Guide))
            for each in guide.recommendations
        )
        assert product.is_published is recommended, product.code


def test_every_recommendation_can_be_followed_both_ways(shop_session: Session) -> None:
    from_guides = {
        (guide.slug, each.product.code)
        for listed in list_guides(shop_session)
        if (guide := find_guide(shop_session, listed.slug))
        for each in guide.recommendations
    }
    from_products = {
        (each.guide.slug, product.code)
        for product in shop_session.scalars(select(Product).where(Product.is_published))
        for each in list_recommendations_for(shop_session, product.id)
    }
    assert from_guides == from_products
    assert len(from_guides) > len({code for _, code in from_guides})


def test_every_sku_carries_a_caution(shop_session: Session) -> None:
    skus = dict(shop_session.execute(select(Variant.id, Variant.sku)).all())
    carried = list_cautions_for(shop_session, skus)
    assert [skus[variant_id] for variant_id, cautions in carried.items() if not cautions] == []


def test_stock_is_not_reset_after_a_sale(session: Session) -> None:
    load_seed(session, SEED_FOLDER)
    variant_id = session.scalars(select(StockItem.variant_id).where(StockItem.on_hand > 1)).first()
    assert variant_id is not None
    before = find_stock(session, [variant_id])[variant_id].on_hand
    reserve(session, {variant_id: 1}, source="payment:1")
    consume(session, source="payment:1")
    load_seed(session, SEED_FOLDER)
    assert find_stock(session, [variant_id])[variant_id].on_hand == before - 1


def test_a_product_that_staff_took_off_the_shop_stays_off(session: Session) -> None:
    load_seed(session, SEED_FOLDER)
    product = session.scalars(select(Product).where(Product.is_published)).first()
    assert product is not None
    unpublish(session, product)
    load_seed(session, SEED_FOLDER)
    assert not product.is_published


def test_names_the_faults_of_all_files_and_loads_nothing(session: Session, folder: Path) -> None:
    spoil(folder / "products.csv", "FR-DRF,drift-soft-foam-roller", "FR-DRF,Drift Soft")
    spoil(folder / "guides" / "heat-or-cold.md", "page_type: choose", "page_type: hint")
    (folder / "delivery_methods.csv").unlink()
    with pytest.raises(SeedError) as refusal:
        load_seed(session, folder)
    named = [(problem.file, problem.column) for problem in refusal.value.problems]
    assert ("products.csv", "slug") in named
    assert ("guides/heat-or-cold.md", "page_type") in named
    assert ("delivery_methods.csv", "") in named
    assert count(session, Product) == count(session, Guide) == 0


def test_refuses_a_seed_that_leaves_a_published_product_without_a_guide(
    session: Session, folder: Path
) -> None:
    load_seed(session, folder)
    _unlink_product(folder, "FR-HOK")
    with pytest.raises(GuideStillNeeded, match="FR-HOK"):
        load_seed(session, folder)


def test_the_command_names_the_faults_and_fails(folder: Path, tmp_path: Path) -> None:
    (folder / "sources.csv").unlink()
    app = Flask("shop")
    app.extensions[EXTENSION] = read_config({"DATA_DIR": str(tmp_path / "var")})
    result = app.test_cli_runner().invoke(seed_command, ["--folder", str(folder)])
    assert result.exit_code == 1
    assert "sources.csv: is missing" in result.output


def _unlink_product(folder: Path, code: str) -> None:
    """Take a product out of every guide, on both sides, and out of the finder."""
    for path in (folder / "guides").glob("*.md"):
        lines = path.read_text().splitlines(keepends=True)
        for number in [at for at, line in enumerate(lines) if line == f"  - code: {code}\n"]:
            # The code, the claim, the role and the reason stand on a line each.
            del lines[number : number + 4]
        path.write_text("".join(lines))
    rows = _read_table(folder / "products.csv")
    unlinked = [row | {"guides": "not-written-yet"} if row["code"] == code else row for row in rows]
    _write_table(folder / "products.csv", unlinked)
    for row in (finder := _read_table(folder / "finder.csv")):
        row["products"] = "|".join(each for each in row["products"].split("|") if each != code)
    _write_table(folder / "finder.csv", finder)


def _read_table(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def _write_table(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
