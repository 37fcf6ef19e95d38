"""Keeps the entries of the search in line with what the shop shows, in the transaction that changes it."""

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.catalog.change_tally import assign
from app.catalog.models import Option, Product
from app.catalog.services import touch_content
from app.guidance.models import Grade, Guide, Recommendation
from app.search.documents import Document, guide_document, product_document
from app.search.models import EntryKind, SearchEntry, SearchWord, Synonym, WarningTerm
from app.search.vocabulary import add_words, count_words, learn
from app.search.words import split_words

# So many products are in memory at a time.
PORTION = 500


def reindex(session: Session) -> int:
    """Compare the whole search with the shop and repair it; returns how many rows differed.

    Run again it changes nothing, and writes nothing.
    """
    session.flush()
    entries = {(entry.kind, entry.ref_id): entry for entry in session.scalars(select(SearchEntry))}
    differences, written = 0, []
    for document in _all_documents(session):
        entry = entries.pop((document.kind, document.ref_id), None)
        differences += _write(session, entry, document)
        written.append(set(document.words()))
    for entry in entries.values():
        session.delete(entry)
    session.flush()
    differences += len(entries) + learn(session, _words_of_tables(session) | count_words(written))
    if differences:
        touch_content(session)
    return differences


def index_product(session: Session, product: Product) -> None:
    """Let the search know a product as it is now, or forget one that is not shown."""
    session.flush()
    found = session.scalars(_products().where(Product.id == product.id)).all()
    _index(session, EntryKind.PRODUCT, product.id, _product_documents(session, found))


def index_guide(session: Session, guide: Guide) -> None:
    """Let the search know a guide and the products it speaks of as they are now."""
    session.flush()
    documents = [guide_document(guide)] if guide.is_published else []
    _index(session, EntryKind.GUIDE, guide.id, documents)
    # A guide that comes or goes may be the one that advises against a product.
    for recommendation in guide.recommendations:
        index_product(session, recommendation.product)


def _index(session: Session, kind: EntryKind, ref_id: int, documents: Sequence[Document]) -> None:
    entry = session.scalar(select(SearchEntry).where(SearchEntry.kind == kind, SearchEntry.ref_id == ref_id))
    if not documents:
        if entry is not None:
            session.delete(entry)
            touch_content(session)
        return
    if _write(session, entry, documents[0]):
        touch_content(session)
    words = set(documents[0].words())
    known = set(session.scalars(select(SearchWord.word).where(SearchWord.word.in_(sorted(words)))))
    # The counts of words known before are put right by the job; they only weigh, they find nothing.
    add_words(session, dict.fromkeys(words - known, 1))
    session.flush()


def _write(session: Session, entry: SearchEntry | None, document: Document) -> bool:
    if entry is None:
        session.add(SearchEntry(**document.columns()))
        return True
    return assign(entry, **document.columns())


def _all_documents(session: Session) -> Iterator[Document]:
    guides = select(Guide).where(Guide.is_published).order_by(Guide.position, Guide.id)
    yield from (guide_document(guide) for guide in session.scalars(guides))
    last = 0
    while products := session.scalars(_products().where(Product.id > last).limit(PORTION)).all():
        yield from _product_documents(session, products)
        last = products[-1].id


def _product_documents(session: Session, products: Sequence[Product]) -> list[Document]:
    advised = _advised_against(session, [product.id for product in products])
    return [product_document(product, is_advised_against=product.id in advised) for product in products]


def _products() -> Select[Product]:
    return (
        select(Product)
        .where(Product.is_published)
        .order_by(Product.id)
        .options(
            joinedload(Product.category),
            selectinload(Product.variants),
            selectinload(Product.options).selectinload(Option.values),
            selectinload(Product.tags),
        )
    )


def _advised_against(session: Session, product_ids: Iterable[int]) -> set[int]:
    statement = (
        select(Recommendation.product_id)
        .join(Recommendation.guide)
        .where(
            Guide.is_published,
            Recommendation.grade == Grade.AGAINST,
            Recommendation.product_id.in_(sorted(product_ids)),
        )
    )
    return set(session.scalars(statement))


def _words_of_tables(session: Session) -> dict[str, int]:
    """Return the words of synonyms and warning terms, in no entry: they can be mistyped too."""
    texts = [*session.scalars(select(Synonym.words)), *session.scalars(select(WarningTerm.words))]
    return {word: 0 for text in texts for word in split_words(text)}
