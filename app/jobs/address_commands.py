"""The addresses of products, families and guides on the command line."""

import click
from flask.cli import AppGroup
from sqlalchemy import select

from app.catalog.addresses import Addressed, AddressKind
from app.catalog.models import Category, Product
from app.catalog.renaming import SlugNotAllowed, rename
from app.guidance.models import Guide
from app.session import transaction

MODELS: dict[AddressKind, type[Addressed]] = {
    model.ADDRESS_KIND: model for model in (Product, Category, Guide)
}

addresses_group = AppGroup("addresses", help="Where products, families and guides are found.")


@addresses_group.command("rename")
@click.argument("kind", type=click.Choice([kind.value for kind in AddressKind]))
@click.argument("old")
@click.argument("new")
def rename_command(kind: str, old: str, new: str) -> None:
    """Give a thing another slug; the old address leads on. Change it in the seed file too."""
    model = MODELS[AddressKind(kind)]
    try:
        with transaction() as session:
            thing = session.scalars(select(model).where(model.slug == old)).one_or_none()
            if thing is None:
                raise click.ClickException(f'there is no {kind} "{old}"')
            rename(session, thing, new)
    except SlugNotAllowed as problem:
        raise click.ClickException(str(problem)) from problem
    click.echo(f"{old} is {new} now, and the old address leads there.")
