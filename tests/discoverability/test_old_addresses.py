"""What was renamed is still found under the addresses that it had."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.catalog.addresses import Addressed, SlugRedirect
from app.catalog.models import Category, Product
from app.catalog.renaming import SlugNotAllowed, rename
from app.catalog.services import touch_content
from app.guidance.models import Guide
from app.session import write_transaction

FOLDERS: tuple[tuple[type[Addressed], str], ...] = (
    (Product, "products"),
    (Category, "categories"),
    (Guide, "guides"),
)


@pytest.fixture
def shop(shop_session: Session) -> Iterator[Session]:
    """The seeded shop, whose slugs are put back after the test."""
    rows = [row for model, _ in FOLDERS for row in shop_session.scalars(select(model))]
    slugs = {row: row.slug for row in rows}
    yield shop_session
    give(shop_session, slugs)
    with write_transaction(shop_session):
        shop_session.execute(delete(SlugRedirect))
        touch_content(shop_session)


def first_two(session: Session, model: type[Addressed]) -> tuple[Addressed, Addressed]:
    first, second = session.scalars(select(model).order_by(model.id).limit(2))
    return first, second


def give(session: Session, slugs: dict[Addressed, str]) -> None:
    """Rename several things at once, as a seed does."""
    with write_transaction(session):
        with session.no_autoflush:
            for thing, slug in slugs.items():
                thing.slug = slug
        session.flush()
        touch_content(session)


def lead(client: FlaskClient, address: str) -> tuple[int, str | None]:
    answer = client.get(address)
    return answer.status_code, answer.headers.get("Location")


@pytest.mark.parametrize(("model", "folder"), FOLDERS)
def test_an_old_address_leads_on_with_its_query(
    shop: Session, shop_client: FlaskClient, model: type[Addressed], folder: str
) -> None:
    thing, _ = first_two(shop, model)
    old = thing.slug
    with write_transaction(shop):
        rename(shop, thing, "another-name")
    assert lead(shop_client, f"/{folder}/{old}") == (301, f"/{folder}/another-name")
    query = "page=2&utm_source=a%20b"
    assert lead(shop_client, f"/{folder}/{old}?{query}") == (301, f"/{folder}/another-name?{query}")
    assert shop_client.get(f"/{folder}/another-name").status_code == 200


@pytest.mark.parametrize(("model", "folder"), FOLDERS)
def test_two_renames_are_one_step(
    shop: Session, shop_client: FlaskClient, model: type[Addressed], folder: str
) -> None:
    thing, _ = first_two(shop, model)
    old = thing.slug
    for slug in ("second-name", "third-name"):
        give(shop, {thing: slug})
    for slug in (old, "second-name"):
        assert lead(shop_client, f"/{folder}/{slug}") == (301, f"/{folder}/third-name")


def test_a_thing_that_gets_its_first_name_back_leads_nowhere_else(
    shop: Session, shop_client: FlaskClient
) -> None:
    thing, _ = first_two(shop, Product)
    old = thing.slug
    give(shop, {thing: "second-name"})
    give(shop, {thing: old})
    assert shop_client.get(f"/products/{old}").status_code == 200
    assert lead(shop_client, "/products/second-name") == (301, f"/products/{old}")


@pytest.mark.parametrize(("model", "folder"), FOLDERS)
def test_two_things_can_swap_their_names_at_once(
    shop: Session, shop_client: FlaskClient, model: type[Addressed], folder: str
) -> None:
    one, other = first_two(shop, model)
    names = (one.slug, other.slug)
    give(shop, {one: names[1], other: names[0]})
    assert [shop_client.get(f"/{folder}/{name}").status_code for name in names] == [200, 200]
    assert shop.scalars(select(SlugRedirect)).all() == []
    shop.expire_all()
    assert (one.slug, other.slug) == (names[1], names[0])


def test_a_name_passed_on_leads_to_who_has_it_now(shop: Session, shop_client: FlaskClient) -> None:
    one, other = first_two(shop, Product)
    mine, theirs = one.slug, other.slug
    give(shop, {one: "third-name", other: mine})
    assert shop_client.get(f"/products/{mine}").status_code == 200
    assert lead(shop_client, f"/products/{theirs}") == (301, f"/products/{mine}")


def test_a_new_thing_under_an_old_name_wins(shop: Session, shop_client: FlaskClient) -> None:
    family, _ = first_two(shop, Category)
    old = family.slug
    give(shop, {family: "another-name"})
    assert shop_client.get(f"/categories/{old}").status_code == 301
    new = Category(slug=old, name="New things", summary="New things.", position=9)
    with write_transaction(shop):
        shop.add(new)
        touch_content(shop)
    assert shop_client.get(f"/categories/{old}").status_code == 200
    with write_transaction(shop):
        shop.delete(new)
        touch_content(shop)
    assert shop_client.get(f"/categories/{old}").status_code == 404


def test_an_address_never_leads_to_what_is_not_shown(shop: Session, shop_client: FlaskClient) -> None:
    product = shop.scalars(select(Product)).first()
    assert product
    old = product.slug
    give(shop, {product: "another-name"})
    for is_published, status in ((False, 404), (True, 301)):
        with write_transaction(shop):
            product.is_published = is_published
            touch_content(shop)
        assert shop_client.get(f"/products/{old}").status_code == status


def test_kinds_have_names_of_their_own(shop: Session, shop_client: FlaskClient) -> None:
    thing, _ = first_two(shop, Product)
    old = thing.slug
    give(shop, {thing: "another-name"})
    assert shop_client.get(f"/guides/{old}").status_code == 404


@pytest.mark.parametrize("slug", ["", "Two Words", "-one", "a--b", "x" * 81, "../up"])
def test_nonsense_is_no_name(shop: Session, slug: str) -> None:
    thing, _ = first_two(shop, Guide)
    with pytest.raises(SlugNotAllowed, match=r"not|longer"):
        rename(shop, thing, slug)


def test_a_name_in_use_is_refused(shop: Session) -> None:
    one, other = first_two(shop, Guide)
    with pytest.raises(SlugNotAllowed, match="another guide"):
        rename(shop, one, other.slug)


def test_staff_rename_on_the_command_line(shop: Session, shop_app: Flask) -> None:
    command = ["addresses", "rename", "guide", "sciatica", "pain-down-the-leg"]
    first = shop_app.test_cli_runner().invoke(args=command)
    again = shop_app.test_cli_runner().invoke(args=command)
    assert (first.exit_code, again.exit_code) == (0, 1), first.output
    assert 'no guide "sciatica"' in again.output
    assert lead(shop_app.test_client(), "/guides/sciatica") == (301, "/guides/pain-down-the-leg")
    shop.expire_all()
