"""Search: entries with the databases' full text, words with trigrams, synonyms, warning terms and misses."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = 'a41c7f2be903'
down_revision: str | None = 'd80e9baea7c7'
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

STEMS = 'title_stems, keyword_stems, body_stems'


def upgrade() -> None:
    """Apply the change."""
    create_entries()
    create_words()
    create_tables_of_staff()
    if op.get_bind().dialect.name == 'sqlite':
        create_fts5()
    else:
        create_documents()


def create_entries() -> None:
    """Add what is found."""
    op.create_table('search_entries',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('guide', 'product', name='entrykind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('ref_id', sa.Integer(), nullable=False),
    sa.Column('slug', sa.String(length=120), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('title_stems', sa.Text(), nullable=False),
    sa.Column('keyword_stems', sa.Text(), nullable=False),
    sa.Column('body_stems', sa.Text(), nullable=False),
    sa.Column('is_advised_against', sa.Boolean(), nullable=False),
    sa.Column('is_safety', sa.Boolean(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_search_entries')),
    sa.UniqueConstraint('kind', 'ref_id', name=op.f('uq_search_entries_kind_ref_id'))
    )


def create_words() -> None:
    """Add the words of the shop, with what finds them when they are mistyped."""
    op.create_table('search_words',
    sa.Column('word', sa.String(length=40), nullable=False),
    sa.Column('stem', sa.String(length=40), nullable=False),
    sa.Column('entries', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('word', name=op.f('pk_search_words'))
    )
    op.create_index(op.f('ix_search_words_stem'), 'search_words', ['stem'], unique=False)
    op.create_table('search_trigrams',
    sa.Column('trigram', sa.String(length=3), nullable=False),
    sa.Column('word', sa.String(length=40), nullable=False),
    sa.ForeignKeyConstraint(['word'], ['search_words.word'], name=op.f('fk_search_trigrams_word'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('trigram', 'word', name=op.f('pk_search_trigrams'))
    )
    op.create_index(op.f('ix_search_trigrams_word'), 'search_trigrams', ['word'], unique=False)


def create_tables_of_staff() -> None:
    """Add the words that staff edit, and those that found nothing."""
    op.create_table('search_synonyms',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=120), nullable=False),
    sa.Column('words', sa.String(length=80), nullable=False),
    sa.Column('means', sa.String(length=200), nullable=False),
    sa.Column('note', sa.String(length=300), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_search_synonyms')),
    sa.UniqueConstraint('key', name=op.f('uq_search_synonyms_key'))
    )
    op.create_table('search_warning_terms',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=120), nullable=False),
    sa.Column('words', sa.String(length=80), nullable=False),
    sa.Column('note', sa.String(length=300), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_search_warning_terms')),
    sa.UniqueConstraint('key', name=op.f('uq_search_warning_terms_key'))
    )
    op.create_table('search_misses',
    sa.Column('words', sa.String(length=60), nullable=False),
    sa.Column('month', sa.Date(), nullable=False),
    sa.Column('times', sa.Integer(), nullable=False),
    sa.CheckConstraint('times > 0', name=op.f('ck_search_misses_times_positive')),
    sa.PrimaryKeyConstraint('words', 'month', name=op.f('pk_search_misses'))
    )


def create_fts5() -> None:
    """Let SQLite keep its full text beside the entries; the entries hold the words, the index only points."""
    op.execute(
        f"CREATE VIRTUAL TABLE search_fulltext USING fts5({STEMS}, content='search_entries', content_rowid='id', "
        "tokenize='unicode61', detail='column')"
    )
    new = "INSERT INTO search_fulltext(rowid, {0}) VALUES (new.id, new.{1})".format(STEMS, STEMS.replace(', ', ', new.'))
    old = "INSERT INTO search_fulltext(search_fulltext, rowid, {0}) VALUES ('delete', old.id, old.{1})".format(
        STEMS, STEMS.replace(', ', ', old.')
    )
    op.execute(f'CREATE TRIGGER search_entries_inserted AFTER INSERT ON search_entries BEGIN {new}; END')
    op.execute(f'CREATE TRIGGER search_entries_deleted AFTER DELETE ON search_entries BEGIN {old}; END')
    op.execute(f'CREATE TRIGGER search_entries_updated AFTER UPDATE ON search_entries BEGIN {old}; {new}; END')


def create_documents() -> None:
    """Let PostgreSQL keep its full text in columns of the entries; the stems are taken as they are."""
    head = "title_stems || ' ' || keyword_stems"
    columns = {'head_document': head, 'whole_document': f"{head} || ' ' || body_stems"}
    for name, words in columns.items():
        op.execute(
            f'ALTER TABLE search_entries ADD COLUMN {name} tsvector GENERATED ALWAYS AS '
            f"(array_to_tsvector(array_remove(string_to_array({words}, ' '), ''))) STORED"
        )
        op.execute(f'CREATE INDEX ix_search_entries_{name} ON search_entries USING gin ({name})')


def downgrade() -> None:
    """Take the change back."""
    if op.get_bind().dialect.name == 'sqlite':
        op.execute('DROP TABLE search_fulltext')
    for name in ('search_misses', 'search_warning_terms', 'search_synonyms', 'search_trigrams', 'search_words', 'search_entries'):
        op.drop_table(name)
