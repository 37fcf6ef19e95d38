"""Evidence as claims with sources, cautions as rules with versions, questions of readers, the finder's table."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision: str = 'd80e9baea7c7'
down_revision: str | None = 'b7d3c41e9f08'
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """Apply the change."""
    create_claims()
    carry_over_statements()
    create_cautions()
    carry_over_cautions()
    create_questions_and_finder()
    with op.batch_alter_table('orders', schema=None) as batch_op:
        batch_op.add_column(sa.Column('cautions_acknowledged_at', sa.DateTime(timezone=True), nullable=True))


def create_claims() -> None:
    """Add claims with their sources, and the change log of guides."""
    op.create_table('claims',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('guide_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=60), nullable=False),
    sa.Column('about', sa.Text(), nullable=False),
    sa.Column('role', sa.Enum('helps', 'may-help', 'unknown', 'does-not-help', 'against', 'safety', name='role', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('grade', sa.Enum('A', 'B', 'C', 'D', 'against', name='grade', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('basis', sa.Enum('direct', 'indirect', name='basis', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('scope', sa.Text(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['guide_id'], ['guides.id'], name=op.f('fk_claims_guide_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_claims')),
    sa.UniqueConstraint('guide_id', 'key', name=op.f('uq_claims_guide_id_key'))
    )
    op.create_table('claim_sources',
    sa.Column('claim_id', sa.Integer(), nullable=False),
    sa.Column('source_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['claim_id'], ['claims.id'], name=op.f('fk_claim_sources_claim_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['source_id'], ['sources.id'], name=op.f('fk_claim_sources_source_id')),
    sa.PrimaryKeyConstraint('claim_id', 'source_id', name=op.f('pk_claim_sources'))
    )
    op.create_table('guide_changes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('guide_id', sa.Integer(), nullable=False),
    sa.Column('changed_on', sa.Date(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['guide_id'], ['guides.id'], name=op.f('fk_guide_changes_guide_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_guide_changes')),
    sa.UniqueConstraint('guide_id', 'position', name=op.f('uq_guide_changes_guide_id_position'))
    )


def carry_over_statements() -> None:
    """Make each line of evidence a claim, and tie each product to the claim of its guide that says the same."""
    connection = op.get_bind()
    sources = dict(connection.execute(sa.text('SELECT key, id FROM sources')).all())
    lines = connection.execute(sa.text('SELECT guide_id, statement, grade, basis, source_keys, position FROM evidence_statements')).all()
    for guide_id, statement, grade, basis, source_keys, position in lines:
        role = {'against': 'against', 'D': 'unknown'}.get(grade, 'may-help')
        claim_id = connection.execute(
            sa.text(
                'INSERT INTO claims (guide_id, key, about, role, grade, basis, scope, position) '
                "VALUES (:guide_id, :key, :about, :role, :grade, :basis, '', :position) RETURNING id"
            ),
            {'guide_id': guide_id, 'key': f'line-{position}', 'about': statement, 'role': role, 'grade': grade, 'basis': basis, 'position': position},
        ).scalar_one()
        keys = json.loads(source_keys) if isinstance(source_keys, str) else source_keys
        for place, key in enumerate(dict.fromkeys(keys), start=1):
            if key in sources:
                connection.execute(
                    sa.text('INSERT INTO claim_sources (claim_id, source_id, position) VALUES (:claim_id, :source_id, :place)'),
                    {'claim_id': claim_id, 'source_id': sources[key], 'place': place},
                )
    op.drop_table('evidence_statements')
    tie_products_to_claims()


def tie_products_to_claims() -> None:
    """Give each tie of a product the claim of the same grade and basis, or else the guide's first."""
    with op.batch_alter_table('recommendations', schema=None) as batch_op:
        batch_op.add_column(sa.Column('claim_id', sa.Integer(), nullable=True))
        batch_op.drop_constraint(op.f('ck_recommendations_role'), type_='check')
    op.execute(
        'UPDATE recommendations SET claim_id = COALESCE('
        '(SELECT MIN(c.id) FROM claims c WHERE c.guide_id = recommendations.guide_id '
        'AND c.grade = recommendations.grade AND c.basis = recommendations.basis), '
        '(SELECT MIN(c.id) FROM claims c WHERE c.guide_id = recommendations.guide_id))'
    )
    # A tie without any evidence beside it could not be shown under the new rule.
    op.execute('DELETE FROM recommendations WHERE claim_id IS NULL')
    with op.batch_alter_table('recommendations', schema=None) as batch_op:
        batch_op.alter_column('claim_id', existing_type=sa.Integer(), nullable=False)
        batch_op.create_check_constraint(op.f('ck_recommendations_role'), "role IN ('helps', 'may-help', 'unknown', 'does-not-help', 'against', 'safety')")
        batch_op.create_index(batch_op.f('ix_recommendations_claim_id'), ['claim_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_recommendations_claim_id'), 'claims', ['claim_id'], ['id'])


def create_cautions() -> None:
    """Add rules, targets and versions of cautions, and which of them an order line was sold under."""
    op.create_table('caution_rules',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('caution_id', sa.Integer(), nullable=False),
    sa.Column('action', sa.Enum('do-not-use', 'ask-first', 'take-care', name='cautionaction', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('circumstance', sa.String(length=120), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['caution_id'], ['cautions.id'], name=op.f('fk_caution_rules_caution_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_caution_rules')),
    sa.UniqueConstraint('caution_id', 'position', name=op.f('uq_caution_rules_caution_id_position'))
    )
    op.create_table('caution_targets',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('caution_id', sa.Integer(), nullable=False),
    sa.Column('category_id', sa.Integer(), nullable=True),
    sa.Column('product_id', sa.Integer(), nullable=True),
    sa.Column('variant_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('(CASE WHEN category_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN product_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN variant_id IS NULL THEN 0 ELSE 1 END) = 1', name=op.f('ck_caution_targets_one_kind_of_target')),
    sa.ForeignKeyConstraint(['category_id'], ['categories.id'], name=op.f('fk_caution_targets_category_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['caution_id'], ['cautions.id'], name=op.f('fk_caution_targets_caution_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['product_id'], ['products.id'], name=op.f('fk_caution_targets_product_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['variant_id'], ['variants.id'], name=op.f('fk_caution_targets_variant_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_caution_targets')),
    sa.UniqueConstraint('caution_id', 'category_id', name=op.f('uq_caution_targets_caution_id_category_id')),
    sa.UniqueConstraint('caution_id', 'product_id', name=op.f('uq_caution_targets_caution_id_product_id')),
    sa.UniqueConstraint('caution_id', 'variant_id', name=op.f('uq_caution_targets_caution_id_variant_id'))
    )
    op.create_index(op.f('ix_caution_targets_category_id'), 'caution_targets', ['category_id'], unique=False)
    op.create_index(op.f('ix_caution_targets_product_id'), 'caution_targets', ['product_id'], unique=False)
    op.create_index(op.f('ix_caution_targets_variant_id'), 'caution_targets', ['variant_id'], unique=False)
    op.create_table('caution_versions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('caution_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('short', sa.String(length=200), nullable=False),
    sa.Column('rules', sa.JSON(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['caution_id'], ['cautions.id'], name=op.f('fk_caution_versions_caution_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_caution_versions')),
    sa.UniqueConstraint('caution_id', 'version', name=op.f('uq_caution_versions_caution_id_version'))
    )
    op.create_table('order_line_cautions',
    sa.Column('order_line_id', sa.Integer(), nullable=False),
    sa.Column('caution_version_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['caution_version_id'], ['caution_versions.id'], name=op.f('fk_order_line_cautions_caution_version_id')),
    sa.ForeignKeyConstraint(['order_line_id'], ['order_lines.id'], name=op.f('fk_order_line_cautions_order_line_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('order_line_id', 'caution_version_id', name=op.f('pk_order_line_cautions'))
    )


def carry_over_cautions() -> None:
    """Make each caution's text its one rule and its first version; products carry what they carried."""
    op.execute(
        'INSERT INTO caution_rules (caution_id, action, circumstance, text, position) '
        "SELECT id, 'take-care', '', text, 1 FROM cautions"
    )
    op.execute('INSERT INTO caution_targets (caution_id, product_id) SELECT caution_id, product_id FROM product_cautions')
    op.drop_table('product_cautions')
    with op.batch_alter_table('cautions', schema=None) as batch_op:
        batch_op.add_column(sa.Column('title', sa.String(length=120), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('short', sa.String(length=200), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('version', sa.Integer(), nullable=False, server_default='1'))
        batch_op.add_column(sa.Column('position', sa.Integer(), nullable=False, server_default='0'))
    op.execute('UPDATE cautions SET title = code, short = code, position = id')
    keep_first_versions()
    with op.batch_alter_table('cautions', schema=None) as batch_op:
        for name in ('title', 'short', 'version', 'position'):
            batch_op.alter_column(name, server_default=None)
        batch_op.drop_column('text')


def keep_first_versions() -> None:
    """Keep the words of every caution as they stand."""
    connection = op.get_bind()
    versions = sa.table(
        'caution_versions',
        sa.column('caution_id', sa.Integer()), sa.column('version', sa.Integer()), sa.column('title', sa.String()),
        sa.column('short', sa.String()), sa.column('rules', sa.JSON()), sa.column('created_at', sa.DateTime(timezone=True)),
    )
    for caution_id, code, text in connection.execute(sa.text('SELECT id, code, text FROM cautions')).all():
        rules = [{'action': 'take-care', 'circumstance': '', 'text': text}]
        connection.execute(
            versions.insert().values(caution_id=caution_id, version=1, title=code, short=code, rules=rules, created_at=datetime.now(UTC))
        )


def create_questions_and_finder() -> None:
    """Add what readers ask, and the decision table of the finder."""
    op.create_table('reader_questions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('guide_id', sa.Integer(), nullable=False),
    sa.Column('asked', sa.Text(), nullable=True),
    sa.Column('email', sa.String(length=254), nullable=True),
    sa.Column('status', sa.Enum('waiting', 'published', 'declined', name='questionstatus', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('question', sa.Text(), nullable=True),
    sa.Column('answer', sa.Text(), nullable=True),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_by', sa.String(length=120), nullable=True),
    sa.CheckConstraint("(status = 'published') = (question IS NOT NULL AND answer IS NOT NULL)", name=op.f('ck_reader_questions_published_has_an_answer')),
    sa.ForeignKeyConstraint(['guide_id'], ['guides.id'], name=op.f('fk_reader_questions_guide_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reader_questions'))
    )
    op.create_index(op.f('ix_reader_questions_guide_id'), 'reader_questions', ['guide_id'], unique=False)
    op.create_index(op.f('ix_reader_questions_status'), 'reader_questions', ['status'], unique=False)
    op.create_table('finder_rules',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=60), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('area', sa.String(length=40), nullable=False),
    sa.Column('stage', sa.String(length=40), nullable=False),
    sa.Column('goal', sa.String(length=40), nullable=False),
    sa.Column('situation', sa.String(length=40), nullable=False),
    sa.Column('guide_id', sa.Integer(), nullable=False),
    sa.Column('advice', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['guide_id'], ['guides.id'], name=op.f('fk_finder_rules_guide_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_finder_rules')),
    sa.UniqueConstraint('key', name=op.f('uq_finder_rules_key'))
    )
    op.create_index(op.f('ix_finder_rules_guide_id'), 'finder_rules', ['guide_id'], unique=False)
    op.create_index(op.f('ix_finder_rules_position'), 'finder_rules', ['position'], unique=False)
    op.create_table('finder_products',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('rule_id', sa.Integer(), nullable=False),
    sa.Column('product_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['product_id'], ['products.id'], name=op.f('fk_finder_products_product_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['rule_id'], ['finder_rules.id'], name=op.f('fk_finder_products_rule_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_finder_products')),
    sa.UniqueConstraint('rule_id', 'product_id', name=op.f('uq_finder_products_rule_id_product_id'))
    )
    op.create_index(op.f('ix_finder_products_product_id'), 'finder_products', ['product_id'], unique=False)
    op.create_table('finder_reviews',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('reviewed_by', sa.String(length=200), nullable=True),
    sa.Column('last_reviewed', sa.Date(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_finder_reviews'))
    )


def downgrade() -> None:
    """Nothing leads back: the cautions of orders would be lost."""
    raise NotImplementedError('restore a backup from before the upgrade')
