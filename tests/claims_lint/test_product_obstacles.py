"""Staff cannot publish a product that breaks a rule, and every broken rule is named."""

from collections.abc import Callable

import pytest
from sqlalchemy import Delete, Update, delete, select, update
from sqlalchemy.orm import Session

from app import clock
from app.catalog.models import Product
from app.guidance.models import Grade, Guide, Recommendation
from app.guidance.product_obstacles import NO_GUIDE, find_product_obstacles
from app.guidance.review import GRACE
from app.guidance.services import ProductNotReady, ProductWithoutGuide, publish_product

# Not tested itself, and known from more than one guide.
BAND = "ST-FLT"
Spoil = Callable[[Product], object]


@pytest.fixture
def band(shop_session: Session) -> Product:
    """A band that staff have taken off the shop; nothing that a test does to it is kept."""
    product = shop_session.scalars(select(Product).where(Product.code == BAND)).one()
    product.is_published = False
    return product


def put(**values: object) -> Spoil:
    def spoil(product: Product) -> None:
        for name, value in values.items():
            setattr(product, name, value)

    return spoil


def put_in(part: str, **values: object) -> Spoil:
    """Change the first variant or picture, or the facts of that variant."""

    def spoil(product: Product) -> None:
        first = {
            "variant": product.variants[0],
            "facts": product.variants[0].facts,
            "image": product.images[0],
        }
        for name, value in values.items():
            setattr(first[part], name, value)

    return spoil


FAULTS: dict[str, tuple[Spoil, str, str]] = {
    "name": (put(name="The back pain cure"), "name", '"cure" is never said'),
    "brand": (put(brand="Miracle"), "brand", '"Miracle" is never said'),
    "use": (put(intended_use="Prevents back pain."), "intended_use", "is never said"),
    "dose": (put(usage_dose="Works every time."), "usage_dose", "is never said"),
    "care": (put(care_instructions="Clinically proven."), "care_instructions", "is never said"),
    "letter": (put(intended_use="A band, graded B."), "intended_use", '"graded B" is a letter'),
    "variant": (put_in("variant", label="Sciatica relief"), "]", "is never said"),
    "contents": (put_in("facts", included_items="A healing band"), "]", '"healing" is never said'),
    "material": (put_in("facts", material="Medical grade foam"), "]", "is never said"),
    "free": (put_in("variant", price_cents=0), "]", "has no price"),
    "alt claims": (put_in("image", alt="A band that heals"), "]", '"heals" is never said'),
    "no alt": (put_in("image", alt=" "), "]", "has no alt text"),
    "file name": (put_in("image", file="pain-cure-band.webp"), "]", '"cure" is never said'),
}


def test_publishes_a_product_of_the_seed(shop_session: Session, band: Product) -> None:
    publish_product(shop_session, band)
    assert band.is_published


@pytest.mark.parametrize("fault", FAULTS)
def test_refuses_a_product_with_a_fault_and_names_it(
    shop_session: Session, band: Product, fault: str
) -> None:
    spoil, part, message = FAULTS[fault]
    with shop_session.no_autoflush:
        spoil(band)
        obstacles = find_product_obstacles(shop_session, band)
        assert any(each.part.endswith(part) and message in each.message for each in obstacles), obstacles


def test_a_refusal_names_all_obstacles_and_leaves_the_product_off_the_shop(
    shop_session: Session, band: Product
) -> None:
    band.name, band.images[0].alt = "The cure", ""
    named = rf"(?s){BAND} cannot be published.*no alt text.*cure"
    with pytest.raises(ProductNotReady, match=named) as refusal:
        publish_product(shop_session, band)
    assert not isinstance(refusal.value, ProductWithoutGuide)
    assert not band.is_published


def test_refuses_a_product_without_anything_to_buy(shop_session: Session, band: Product) -> None:
    with shop_session.no_autoflush:
        band.variants = []
        assert "variants" in {each.part for each in find_product_obstacles(shop_session, band)}


@pytest.mark.parametrize(
    "change",
    [
        delete(Recommendation),
        update(Guide).values(is_published=False),
        update(Guide).values(next_review=clock.today() - GRACE),
    ],
)
def test_refuses_a_product_without_a_guide_in_date(
    shop_session: Session, band: Product, change: Delete | Update
) -> None:
    shop_session.execute(change)
    with pytest.raises(ProductWithoutGuide) as refusal:
        publish_product(shop_session, band)
    assert NO_GUIDE in refusal.value.obstacles


def test_refuses_a_product_of_which_guides_tell_different_things(
    shop_session: Session, band: Product
) -> None:
    ties = shop_session.scalars(select(Recommendation).where(Recommendation.product_id == band.id)).all()
    assert len(ties) > 1
    ties[0].grade = Grade.B
    assert "guides" in {each.part for each in find_product_obstacles(shop_session, band)}


@pytest.mark.parametrize(("code", "message"), [(BAND, "its scope"), ("BR-KLL", "the honest line")])
def test_refuses_a_product_whose_evidence_has_no_scope(
    shop_session: Session, code: str, message: str
) -> None:
    product = shop_session.scalars(select(Product).where(Product.code == code)).one()
    shop_session.execute(
        update(Recommendation).where(Recommendation.product_id == product.id).values(scope="")
    )
    shop_session.expire_all()
    obstacles = find_product_obstacles(shop_session, product)
    assert any(each.part == "evidence_scope" and message in each.message for each in obstacles), obstacles


def test_a_claim_in_the_scope_of_the_evidence_keeps_a_product_back(
    shop_session: Session, band: Product
) -> None:
    own = update(Recommendation).where(Recommendation.product_id == band.id)
    shop_session.execute(own.values(scope="It cures long-lasting pain (A)."))
    shop_session.expire_all()
    messages = [each.message for each in find_product_obstacles(shop_session, band)]
    assert len(messages) == 2
