"""Guides and products on their way to readers and shoppers, and back, on the command line."""

import sys
from collections.abc import Callable, Iterator
from functools import partial

import click
from flask.cli import AppGroup
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalog.models import Product
from app.catalog.services import unpublish
from app.guidance.models import Guide
from app.guidance.obstacle import Obstacle
from app.guidance.product_obstacles import find_product_obstacles
from app.guidance.publishing import find_obstacles
from app.guidance.services import (
    GuideNotReady,
    GuideStillNeeded,
    ProductNotReady,
    publish_guide,
    publish_product,
    withdraw_guide,
)
from app.search.indexing import index_guide, index_product
from app.session import get_session, transaction

publish_group = AppGroup("publish", help="Show guides and products, or take them off the shop.")


@publish_group.command("check")
@click.argument("name", required=False)
def check_command(name: str | None) -> None:
    """Name what keeps guides and products from being published: all, one slug or one code; exit 1 for any."""
    session = get_session()
    found = []
    checked = 0
    for each, list_obstacles in _list_checks(session, name):
        found += [f"{each}, {obstacle}" for obstacle in list_obstacles()]
        checked += 1
    if not checked:
        raise click.ClickException(f"There is no guide and no product {name}.")
    click.echo("\n".join([*found, f"{checked} checked, {len(found)} obstacles"]))
    sys.exit(1 if found else 0)


def _list_checks(session: Session, name: str | None) -> Iterator[tuple[str, Callable[[], list[Obstacle]]]]:
    for guide in session.scalars(select(Guide).order_by(Guide.position)).all():
        if name in {None, guide.slug}:
            yield guide.slug, partial(find_obstacles, session, guide)
    for product in session.scalars(select(Product).order_by(Product.code)).all():
        if name in {None, product.code}:
            yield product.code, partial(find_product_obstacles, session, product)


@publish_group.command("guide")
@click.argument("slug")
def guide_command(slug: str) -> None:
    """Show a guide to readers, when nothing is wrong with it."""
    try:
        with transaction() as session:
            guide = _guide(session, slug)
            publish_guide(session, guide)
            index_guide(session, guide)
    except GuideNotReady as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{slug} is published")


@publish_group.command("product")
@click.argument("code")
def product_command(code: str) -> None:
    """Offer a product to shoppers, when nothing is wrong with it."""
    try:
        with transaction() as session:
            product = _product(session, code)
            publish_product(session, product)
            index_product(session, product)
    except ProductNotReady as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{code} is published")


@publish_group.command("withdraw-guide")
@click.argument("slug")
def withdraw_guide_command(slug: str) -> None:
    """Take a guide off the shop, unless a published product has no other."""
    try:
        with transaction() as session:
            guide = _guide(session, slug)
            withdraw_guide(session, guide)
            index_guide(session, guide)
    except GuideStillNeeded as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{slug} is withdrawn")


@publish_group.command("withdraw-product")
@click.argument("code")
def withdraw_product_command(code: str) -> None:
    """Take a product off the shop."""
    with transaction() as session:
        product = _product(session, code)
        unpublish(session, product)
        index_product(session, product)
    click.echo(f"{code} is withdrawn")


def _guide(session: Session, slug: str) -> Guide:
    guide = session.scalar(select(Guide).where(Guide.slug == slug))
    if guide is None:
        raise click.ClickException(f"There is no guide {slug}.")
    return guide


def _product(session: Session, code: str) -> Product:
    product = session.scalar(select(Product).where(Product.code == code))
    if product is None:
        raise click.ClickException(f"There is no product {code}.")
    return product
