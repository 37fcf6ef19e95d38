"""Every guide prints on two pages at most, without what paper cannot use."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.config import read_config
from app.db import create_database_engine
from app.factory import create_app
from app.guidance.models import Guide
from app.jobs.schema import upgrade
from app.jobs.seed import SEED_FOLDER, load_seed
from app.session import close_database, write_transaction
from tests.live_shop import free_port, serving

PAGE = re.compile(rb"/Type\s*/Page\b")
SHEETS = ("Letter", "A4")


@pytest.fixture(scope="module")
def printed_app(tmp_path_factory: pytest.TempPathFactory, pictures: Path) -> Iterator[Flask]:
    """The seeded shop on SQLite alone: paper knows no database."""
    folder = tmp_path_factory.mktemp("paper")
    config = read_config({"DATA_DIR": str(folder), "MEDIA_URL": f"file:{pictures}"})
    engine = create_database_engine(config.database_url)
    upgrade(engine)
    with Session(engine) as session, write_transaction(session):
        load_seed(session, SEED_FOLDER)
        # The banner of a review that is overdue takes room too.
        session.execute(update(Guide).values(next_review=Guide.published_on))
    engine.dispose()
    app = create_app(config)
    yield app
    close_database(app)


@pytest.fixture(scope="module")
def slugs(printed_app: Flask) -> list[str]:
    with Session(create_database_engine(printed_app.extensions["shop-config"].database_url)) as session:
        return list(session.scalars(select(Guide.slug)))


@pytest.fixture(scope="module")
def paper(printed_app: Flask, browser: Browser) -> Iterator[Page]:
    """A browser that shows pages as they will be printed."""
    with serving(printed_app, free_port()) as address:
        page = browser.new_page(base_url=address, java_script_enabled=False)
        page.emulate_media(media="print")
        yield page
        page.context.close()


@pytest.mark.parametrize("sheet", SHEETS)
def test_every_guide_prints_on_two_pages_at_most(paper: Page, slugs: list[str], sheet: str) -> None:
    pages = {}
    for slug in slugs:
        paper.goto(f"/guides/{slug}", wait_until="load")
        pages[slug] = len(PAGE.findall(paper.pdf(format=sheet)))
    assert len(pages) >= 10
    assert 0 not in pages.values()
    assert {slug: count for slug, count in pages.items() if count > 2} == {}


def test_paper_shows_the_warning_box_first_and_nothing_to_click(paper: Page, slugs: list[str]) -> None:
    for slug in slugs:
        paper.goto(f"/guides/{slug}", wait_until="load")
        shown = paper.locator("nav, form, button, .card, summary, .site-footer").locator("visible=true")
        assert shown.count() == 0, slug
        box = paper.locator(".care").first
        assert box.is_visible()
        assert box.evaluate("box => parseFloat(getComputedStyle(box).borderTopWidth)") >= 2
        assert paper.locator(".notice--overdue").is_visible()


def test_paper_names_the_products_with_a_reason_on_one_line_each(paper: Page) -> None:
    paper.set_viewport_size({"width": 720, "height": 960})
    paper.goto("/guides/choosing-a-back-brace", wait_until="load")
    lines = paper.locator(".picks-on-paper li")
    assert lines.count() > 5
    height = "line => line.getBoundingClientRect().height / parseFloat(getComputedStyle(line).lineHeight)"
    tall = [line.inner_text() for line in lines.all() if line.evaluate(height) > 1.5]
    assert tall == []


def test_paper_shows_the_addresses_of_sources(paper: Page) -> None:
    paper.goto("/guides/heat-or-cold", wait_until="load")
    shown = "link => getComputedStyle(link, '::after').content"
    addresses = [link.evaluate(shown) for link in paper.locator(".sources a").all()]
    assert addresses
    assert all("https://" in address for address in addresses)
