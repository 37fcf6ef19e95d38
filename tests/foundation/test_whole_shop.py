"""Every page that a link leads to: it answers, asks nobody else, runs nothing inline, knows nobody."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalog.models import Product
from app.catalog.pictures import name_picture, read_size, rendered_widths
from app.config import read_config
from app.db import create_database_engine
from app.factory import create_app
from app.guidance.models import Guide
from app.jobs.schema import upgrade
from app.jobs.seed import SEED_FOLDER, load_seed
from app.session import close_database, get_session, write_transaction
from tests.foundation.crawl import Crawl, crawl, inline_code

SKU = "FR-DRF-30-TEA"


@pytest.fixture(scope="module")
def seeded_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The seeded shop on SQLite alone: hundreds of pages, and their HTML knows no database."""
    folder = tmp_path_factory.mktemp("whole-shop")
    config = read_config({"DATA_DIR": str(folder)})
    engine = create_database_engine(config.database_url)
    upgrade(engine)
    with Session(engine) as session, write_transaction(session):
        load_seed(session, SEED_FOLDER)
    engine.dispose()
    app = create_app(config)
    yield app
    close_database(app)


@pytest.fixture(scope="module")
def visited(seeded_app: Flask) -> Crawl:
    """The whole public shop, visited once."""
    return crawl(seeded_app.test_client(), "http://127.0.0.1:8000")


def test_links_lead_to_every_published_product_and_guide(visited: Crawl, seeded_app: Flask) -> None:
    with seeded_app.app_context():
        products = get_session().scalars(select(Product.slug).where(Product.is_published)).all()
        guides = get_session().scalars(select(Guide.slug).where(Guide.is_published)).all()
    assert len(products) > 20
    assert {f"/products/{slug}" for slug in products} - visited.pages.keys() == set()
    assert {f"/guides/{slug}" for slug in guides} - visited.pages.keys() == set()


def test_every_internal_link_answers(visited: Crawl) -> None:
    broken = {
        address: (answer.status, visited.found_on[address])
        for address, answer in visited.answers.items()
        if answer.status_code != 200
    }
    assert broken == {}


def test_every_picture_is_one_that_is_rendered(visited: Crawl) -> None:
    rendered = {
        f"/media/{name_picture(source)}-{width}.{extension}"
        for source in (SEED_FOLDER / "images").iterdir()
        for width in rendered_widths(read_size(source)[0])
        for extension in ("avif", "webp")
    }
    assert visited.media
    assert visited.media - rendered == set()


def test_no_page_asks_another_server_for_anything(visited: Crawl) -> None:
    foreign = {
        (address, reference)
        for address, references in visited.references.items()
        for reference in references
        if not visited.is_own(reference) and (reference.tag, reference.attribute) != ("a", "href")
    }
    assert foreign == set()


def test_only_guides_link_to_other_sites(visited: Crawl) -> None:
    outward = {
        address
        for address, references in visited.references.items()
        if not all(visited.is_own(reference) for reference in references)
    }
    assert outward
    assert {address for address in outward if not address.startswith("/guides/")} == set()


def test_no_style_sheet_asks_another_server_for_anything(visited: Crawl) -> None:
    foreign = re.compile(r"""(url\(|@import)\s*['"]?(https?:|//)""")
    sheets = {
        address: answer.text for address, answer in visited.answers.items() if answer.mimetype == "text/css"
    }
    assert len(sheets) > 3
    assert {address for address, text in sheets.items() if foreign.search(text)} == set()


def test_no_page_holds_inline_code(visited: Crawl) -> None:
    assert {address: faults for address, faults in visited.inline_code.items() if faults} == {}


def test_no_public_page_sets_a_cookie_or_carries_a_form_token(visited: Crawl) -> None:
    assert {address for address, answer in visited.answers.items() if "Set-Cookie" in answer.headers} == set()
    assert {address for address, page in visited.pages.items() if "csrf_token" in page} == set()


def test_no_personal_page_holds_inline_code(shop_client: FlaskClient) -> None:
    shop_client.post("/cart/items", data={"sku": SKU, "quantity": "2"})
    answers = [
        shop_client.get("/cart"),
        shop_client.get("/checkout"),
        shop_client.post("/checkout", data={"email": "nobody"}),
        shop_client.post("/cart/items", data={"sku": "NONE"}),
        shop_client.get("/nowhere"),
        shop_client.delete("/"),
    ]
    assert [answer.status_code for answer in answers] == [200, 200, 422, 422, 404, 405]
    assert [inline_code(answer.get_data(as_text=True)) for answer in answers] == [[]] * len(answers)


def test_no_template_holds_inline_code(project_folder: Path) -> None:
    forbidden = re.compile(
        # A block of data is not run.
        r"<style|<script(?![^>]*(?:\bsrc=|application/ld\+json))|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:",
        re.IGNORECASE,
    )
    # Mails have no style sheet to link to.
    templates = [
        path for path in sorted((project_folder / "templates").rglob("*.html")) if path.parent.name != "mails"
    ]
    assert len(templates) > 10
    assert [
        (path.name, found[0]) for path in templates if (found := forbidden.search(path.read_text()))
    ] == []
