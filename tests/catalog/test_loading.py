"""Loading the seed brings the catalogue in line with it, and only as far as it differs."""

from dataclasses import asdict
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.catalog.loading import LoadReport, load_catalog
from app.catalog.models import Image, OptionValue, Product, TagAxis, Variant
from app.catalog.queries import content_version
from app.catalog.seed import SeedError, read_seed
from tests.catalog.small_seed import SmallSeed
from tests.catalog.statement_log import log_statements

SEED_FOLDER = Path(__file__).parents[2] / "seed_data"


@pytest.fixture
def small(tmp_path: Path) -> SmallSeed:
    folder = tmp_path / "seed"
    folder.mkdir()
    return SmallSeed(folder)


def load(session: Session, small: SmallSeed) -> LoadReport:
    report = load_catalog(session, small.read())
    session.commit()
    session.expunge_all()
    return report


def find_variant(session: Session, sku: str) -> Variant:
    return session.scalars(select(Variant).where(Variant.sku == sku)).one()


def test_loads_the_whole_catalogue_and_again_changes_nothing(session: Session) -> None:
    seed = read_seed(SEED_FOLDER)
    report = load_catalog(session, seed)
    session.commit()
    session.expunge_all()
    assert session.scalar(select(func.count()).select_from(Product)) == 70
    assert session.scalar(select(func.count()).select_from(Variant)) == 233
    assert content_version(session) == 1

    with log_statements() as statements:
        again = load_catalog(session, seed)
        session.commit()
    assert again == LoadReport(0, 0, report.created)
    assert [text for text in statements if not text.startswith("SELECT")] == []
    assert content_version(session) == 1


def test_a_loaded_variant_is_what_its_row_says(session: Session, small: SmallSeed) -> None:
    load(session, small)
    row = next(row for row in small.read().variants if row.sku == "BR-TWO-S")
    variant = find_variant(session, "BR-TWO-S")
    assert (variant.price_cents, variant.currency, variant.label) == (3000, "USD", "S")
    assert [(value.option.name, value.value) for value in variant.option_values] == [("Size", "S")]
    facts = {name: getattr(variant.facts, name) for name in asdict(row.facts)}
    assert facts == asdict(row.facts)
    assert variant.product.tag_keys(TagAxis.BODY_AREA) == ["upper-back", "legs"]


def test_new_products_are_not_published(session: Session, small: SmallSeed) -> None:
    load(session, small)
    assert not any(session.scalars(select(Product.is_published)))


def test_a_changed_price_updates_one_row_the_date_of_its_page_and_the_content_version(
    session: Session, small: SmallSeed
) -> None:
    load(session, small)
    small.rows("variants")[1]["price"] = "12.50"
    with log_statements() as statements:
        report = load(session, small)
    assert (report.created, report.updated) == (0, 1)
    updates = [text for text in statements if text.startswith("UPDATE")]
    assert [text.split()[1] for text in updates] == ["products", "variants", "content_version"]
    assert find_variant(session, "FR-ONE-GRY").price_cents == 1250
    assert content_version(session) == 2


def test_a_changed_fact_counts_as_a_changed_variant(session: Session, small: SmallSeed) -> None:
    load(session, small)
    small.rows("variants")[0]["firmness"] = "soft"
    assert load(session, small).updated == 1
    assert find_variant(session, "FR-ONE-TEA").facts.firmness == "soft"


def test_a_bad_row_loads_nothing(session: Session, small: SmallSeed) -> None:
    small.rows("variants")[2]["price"] = "12,5"
    with pytest.raises(SeedError):
        load_catalog(session, small.read())
    assert session.scalar(select(func.count()).select_from(Product)) == 0


def test_a_row_taken_out_of_the_file_stays_in_the_shop(session: Session, small: SmallSeed) -> None:
    load(session, small)
    del small.rows("variants")[1]
    load(session, small)
    assert find_variant(session, "FR-ONE-GRY").price_cents == 1200


def test_a_renamed_option_value_leaves_no_choice_behind_that_nobody_can_buy(
    session: Session, small: SmallSeed
) -> None:
    load(session, small)
    small.rows("variants")[0].update(option1_value="Sea green", label="Sea green")
    small.rows("images")[0]["option_value"] = "Sea green"
    load(session, small)
    values = {value.value: value.id for value in session.scalars(select(OptionValue))}
    assert set(values) == {"Sea green", "Gray", "S"}
    image = session.scalars(select(Image).where(Image.alt == "A picture of FR-ONE")).one()
    assert image.option_value_id == values["Sea green"]


def test_a_new_picture_under_the_same_name_replaces_the_old_one(session: Session, small: SmallSeed) -> None:
    seed = small.read()
    load_catalog(session, seed)
    session.commit()
    old = seed.images[0].picture
    (small.folder / "images" / "one.webp").write_bytes((small.folder / "images" / "two.webp").read_bytes())
    report = load_catalog(session, read_seed(small.folder))
    session.commit()
    assert (report.created, report.updated) == (0, 1)
    files = set(session.scalars(select(Image.file)))
    assert len(files) == 2
    assert old not in files


def test_changed_tags_replace_the_old_ones(session: Session, small: SmallSeed) -> None:
    load(session, small)
    small.rows("products")[0]["body_areas"] = "legs|lower-back"
    assert load(session, small).updated == 1
    product = session.scalars(select(Product).where(Product.code == "FR-ONE")).one()
    assert product.tag_keys(TagAxis.BODY_AREA) == ["legs", "lower-back"]


def test_the_database_refuses_the_same_option_set_twice(session: Session, small: SmallSeed) -> None:
    load(session, small)
    teal, gray = find_variant(session, "FR-ONE-TEA"), find_variant(session, "FR-ONE-GRY")
    gray.fingerprint = teal.fingerprint
    with pytest.raises(IntegrityError):
        session.flush()
    session.rollback()
