"""The size finder of a product: one measure in, one size out, or that it is not made."""

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.catalog.measures import Measure
from app.catalog.models import Product
from app.catalog.queries import find_product
from app.catalog.size_queries import list_products_measured_alike
from app.catalog.sizing import SizeChart, chart_of
from app.guidance.evidence import EvidenceLine
from app.guidance.queries import list_evidence_lines
from app.inventory.queries import find_stock
from app.session import get_session
from app.storefront.cards import find_stock_of
from app.storefront.offers import list_offers
from app.storefront.size_form import SizeForm
from app.storefront.size_page import Alternative, SizeResult, list_alternatives, sized_offers
from app.storefront.slugs import checked_slug
from app.web.page_cache import public_page

blueprint = Blueprint("size_finders", __name__)


@blueprint.get("/products/<slug>/size")
@public_page
def new(slug: str) -> str:
    """Ask for the measure, and show where and how to take it."""
    product, chart = _find_sized(get_session(), slug)
    return _page(product, chart, SizeForm(), _evidence_of(product))


# A measure of a body is private. It comes in the body of the request and is answered at once: a redirect
# would have to put it in an address, and addresses end up in histories, logs and what browsers pass on.
# Nothing is stored, so there is no form token either, and no cookie.
@blueprint.post("/products/<slug>/size")
def create(slug: str) -> ResponseReturnValue:
    """Answer a measure with a size; 422 when it cannot be read."""
    session = get_session()
    product, chart = _find_sized(session, slug)
    form = SizeForm(request.form)
    form.chart = chart
    is_valid = form.validate()
    measure = form.body_measure
    if not is_valid or measure is None:
        return _page(product, chart, form, _evidence_of(product)), 422
    result, evidence = _answer(session, product, chart, measure)
    return _page(product, chart, form, evidence, result)


def _find_sized(session: Session, slug: str) -> tuple[Product, SizeChart]:
    product = find_product(session, checked_slug(slug)) or abort(404)
    return product, chart_of(product) or abort(404)


def _evidence_of(product: Product) -> EvidenceLine | None:
    return list_evidence_lines(get_session(), [product.id]).get(product.id)


def _answer(
    session: Session, product: Product, chart: SizeChart, measure: Measure
) -> tuple[SizeResult, EvidenceLine | None]:
    answer = chart.answer(measure.cm)
    if answer.size is None:
        alternatives, evidence = _alternatives(session, product, chart, measure)
        return SizeResult(chart, measure, answer, None, None, alternatives), evidence
    offers = list_offers(product, find_stock(session, [variant.id for variant in product.variants]))
    found, next_best = sized_offers(answer.size, offers), sized_offers(answer.next_best, offers)
    return SizeResult(chart, measure, answer, found, next_best), _evidence_of(product)


def _alternatives(
    session: Session, product: Product, chart: SizeChart, measure: Measure
) -> tuple[list[Alternative], EvidenceLine | None]:
    others = list_products_measured_alike(session, product, chart.basis)
    lines = list_evidence_lines(session, [product.id, *(other.id for other in others)])
    stock = find_stock_of(session, others)
    return list_alternatives(product, others, measure, stock, lines), lines.get(product.id)


def _page(
    product: Product,
    chart: SizeChart,
    form: SizeForm,
    evidence: EvidenceLine | None,
    result: SizeResult | None = None,
) -> str:
    return render_template(
        "storefront/size_finders/new.html",
        product=product,
        chart=chart,
        form=form,
        evidence=evidence,
        result=result,
    )
