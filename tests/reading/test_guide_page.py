"""The shared parts of every guide in their order, its change log, and boxes to tick."""

from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.guidance.models import Guide, GuideChange
from app.storefront.guide_page import Pick
from app.storefront.guide_text import render_text
from tests.reading.conftest import Age
from tests.storefront.reader import Tags, read


def all_guides(session: Session) -> list[Guide]:
    return list(session.scalars(select(Guide).where(Guide.is_published)))


def test_the_shared_parts_of_every_guide_stand_in_their_order(
    shop_client: FlaskClient, shop_session: Session
) -> None:
    parts = [
        '<p class="guide__answer">',
        '<p class="guide__review">',
        '<section class="care',
        '<div class="prose">',
        'id="evidence"',
        'id="products"',
        'id="see-someone"',
        'id="sources"',
        'id="ask"',
        'id="changes"',
    ]
    guides = all_guides(shop_session)
    assert guides
    for guide in guides:
        main = read(shop_client, f"/guides/{guide.slug}").split("<main")[1]
        left_out = {'id="evidence"', 'id="products"', 'id="ask"'} if guide.page_type == "safety" else set()
        places = [main.find(part) for part in parts if part not in left_out]
        assert -1 not in places, guide.slug
        assert places == sorted(places), guide.slug
        assert not any(part in main for part in left_out)


def test_every_claim_of_a_guide_has_its_scope_and_a_source_beside_it(
    shop_client: FlaskClient, shop_session: Session
) -> None:
    for guide in all_guides(shop_session):
        page = read(shop_client, f"/guides/{guide.slug}")
        findings = page.partition('<ul class="findings">')[2].partition("</ul>")[0]
        lines = findings.split("</li>")[:-1]
        assert len(lines) == len(guide.claims)
        for line in lines:
            assert "</strong>" in line
            assert len(line.partition("</strong>")[2].partition("<small>")[0].strip()) > 5
            assert 'href="#source-' in line


def test_no_id_stands_twice_and_every_anchor_leads_somewhere(
    shop_client: FlaskClient, shop_session: Session
) -> None:
    for guide in all_guides(shop_session):
        tags = Tags(read(shop_client, f"/guides/{guide.slug}"))
        ids = [each["id"] for each in tags.having("id")]
        assert len(ids) == len(set(ids)), guide.slug
        anchors = [link["href"][1:] for link in tags.named("a") if link["href"].startswith("#")]
        assert anchors
        assert set(anchors) - set(ids) == set(), guide.slug


def test_the_change_log_names_the_newest_first_and_the_top_names_the_last(
    shop_client: FlaskClient, shop_session: Session, age: Age, request: pytest.FixtureRequest
) -> None:
    guide = age("heat-or-cold", -100)
    newest = guide.changes[0]
    added = GuideChange(changed_on=date(2026, 1, 5), note="A <b>first</b> draft.", position=99)
    guide.changes.append(added)
    shop_session.commit()

    def put_back() -> None:
        guide.changes.remove(added)
        shop_session.commit()

    request.addfinalizer(put_back)
    main = read(shop_client, "/guides/heat-or-cold").split("<main")[1]
    day, note = newest.changed_on, newest.note
    top = " ".join(main.partition('class="guide__review"')[2].partition("</p>")[0].split())
    assert top.endswith(f": {note}")
    assert f'datetime="{day}"' in top
    log = main.partition('id="changes"')[2]
    assert log.index(note) < log.index("January 5, 2026")
    assert "A &lt;b&gt;first&lt;/b&gt; draft." in log


def test_a_box_to_tick_is_marked_and_its_sign_stays_text() -> None:
    html = render_text("- \N{BALLOT BOX} chest pain\n- walk\n\n1. \N{BALLOT BOX} later").html
    assert '<li class="unticked">\N{BALLOT BOX} chest pain</li>' in html
    assert "<li>walk</li>" in html
    assert html.count('class="unticked"') == 2


def test_a_heading_of_the_text_never_takes_the_name_of_a_part_of_the_page() -> None:
    rendered = render_text("## Ask\n\n## Changes\n\n## Questions\n\n## Email")
    assert [each.id for each in rendered.headings] == ["ask-2", "changes-2", "questions-2", "email-2"]


def test_on_paper_a_reason_is_whole_sentences_that_fit_on_a_line() -> None:
    long = "x" * 60
    assert Pick(None, "Not tested itself. Feels warm. It drapes.").short_reason.endswith("It drapes.")  # type: ignore[arg-type]
    assert Pick(None, f"Not tested itself. {long}. {long}.").short_reason == f"Not tested itself. {long}."  # type: ignore[arg-type]
    assert Pick(None, f"{long}{long}. More.").short_reason == f"{long}{long}."  # type: ignore[arg-type]
