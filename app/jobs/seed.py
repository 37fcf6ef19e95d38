"""Fills the shop from the seed folder; running it again changes nothing."""

from dataclasses import dataclass
from pathlib import Path

import click
from flask.cli import with_appcontext
from sqlalchemy.orm import Session

from app.catalog.loading import load_catalog
from app.catalog.models import Product
from app.catalog.pictures import render_all
from app.catalog.seed import read_seed
from app.catalog.seed_problem import SeedError, SeedProblem
from app.catalog.seed_rows import CatalogSeed
from app.guidance.load import load_guidance
from app.guidance.queries import list_products_by_guidance
from app.guidance.seed import GuidanceSeed, read_guidance
from app.guidance.services import GuideStillNeeded, require_guides
from app.jobs.opening_stock import open_stock
from app.jobs.seed_obstacles import list_obstacles, publish_all
from app.pricing.seed import PricingSeed, load_pricing, read_pricing
from app.search.indexing import reindex
from app.search.seed import SearchSeed, load_search, read_search
from app.session import transaction
from app.web.order_links import current_config

SEED_FOLDER = Path(__file__).resolve().parents[2] / "seed_data"


@dataclass(frozen=True)
class ShopSeed:
    """Everything in the seed folder, checked."""

    catalog: CatalogSeed
    guidance: GuidanceSeed
    pricing: PricingSeed
    search: SearchSeed
    currency: str


@dataclass(frozen=True)
class SeedReport:
    """What a load found and did; `waiting` are the codes of products that no guide speaks of yet."""

    products: int
    variants: int
    guides: int
    created: int
    updated: int
    published: int
    waiting: tuple[str, ...]

    def __str__(self) -> str:
        done = f"{self.created} rows created, {self.updated} updated, {self.published} products published"
        if not self.created + self.updated + self.published:
            done = "nothing changed"
        waiting = f" {len(self.waiting)} products wait for a guide." if self.waiting else ""
        return f"{self.products} products, {self.variants} variants, {self.guides} guides; {done}.{waiting}"


@click.command("seed")
@click.option("--folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default=SEED_FOLDER)
@with_appcontext
def seed_command(folder: Path) -> None:
    """Fill the shop from the seed folder; all faults are named, and then nothing is loaded."""
    config = current_config()
    try:
        seed = read_shop_seed(folder, config.shop.currency)
        with transaction() as session:
            report = load_shop_seed(session, seed)
    except (SeedError, GuideStillNeeded) as error:
        raise click.ClickException(str(error)) from error
    render_all(folder, config.media_dir)
    click.echo(report)


def load_seed(session: Session, folder: Path, currency: str = "USD") -> SeedReport:
    """Read the folder and load all of it; raises SeedError before anything is written."""
    return load_shop_seed(session, read_shop_seed(folder, currency))


def read_shop_seed(folder: Path, currency: str) -> ShopSeed:
    """Read all seed files; raises SeedError with the faults of all of them."""
    problems: list[SeedProblem] = []
    catalog: CatalogSeed | None = None
    guidance: GuidanceSeed | None = None
    try:
        catalog = read_seed(folder)
    except SeedError as error:
        problems += error.problems
    try:
        guidance = read_guidance(folder, catalog)
    except SeedError as error:
        problems += error.problems
    pricing = read_pricing(folder, currency, problems)
    search = read_search(folder, problems)
    if catalog is None or guidance is None or problems:
        raise SeedError(problems)
    return ShopSeed(catalog, guidance, pricing, search, currency)


def load_shop_seed(session: Session, seed: ShopSeed) -> SeedReport:
    """Load a checked seed by the rules of publishing; raises SeedError when what it shows breaks one.

    Raises GuideStillNeeded when a published product would be without a guide.
    """
    held_back = _list_publishable(session, in_date=False)
    reports = [load_catalog(session, seed.catalog, seed.currency)]
    reports.append(open_stock(session, seed.catalog.variants))
    reports.append(load_guidance(session, seed.guidance, seed.catalog))
    reports.append(load_pricing(session, seed.pricing))
    reports.append(load_search(session, seed.search))
    # A product that had a guide already and is not published was taken off the shop by staff.
    new = [product for product in _list_publishable(session, in_date=True) if product not in held_back]
    problems = publish_all(session, new)
    session.flush()
    require_guides(session)
    # What has been checked and has not changed is not checked again.
    if any(report.has_changes for report in reports):
        problems += list_obstacles(session, checked=new)
    if problems:
        raise SeedError(problems)
    reindex(session)
    waiting = list_products_by_guidance(session, is_published=False, has_guide=False, in_date=True)
    return SeedReport(
        products=len(seed.catalog.products),
        variants=len(seed.catalog.variants),
        guides=len(seed.guidance.guides),
        created=sum(report.created for report in reports),
        updated=sum(report.updated for report in reports),
        published=len(new),
        waiting=tuple(product.code for product in waiting),
    )


def _list_publishable(session: Session, *, in_date: bool) -> list[Product]:
    return list_products_by_guidance(session, is_published=False, has_guide=True, in_date=in_date)
