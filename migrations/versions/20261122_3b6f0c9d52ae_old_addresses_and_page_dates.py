"""Old addresses that lead on, and when products, families and guides last changed."""

from collections.abc import Sequence
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision: str = '3b6f0c9d52ae'
down_revision: str | None = 'a41c7f2be903'
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

DATED = ('categories', 'products', 'guides')


def upgrade() -> None:
    """Apply the change."""
    op.create_table('slug_redirects',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('family', 'product', 'guide', name='addresskind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('old_slug', sa.String(length=120), nullable=False),
    sa.Column('target_id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_slug_redirects')),
    sa.UniqueConstraint('kind', 'old_slug', name=op.f('uq_slug_redirects_kind_old_slug'))
    )
    op.create_index(op.f('ix_slug_redirects_target_id'), 'slug_redirects', ['target_id'])
    for table in DATED:
        # SQLite adds a column that may not be empty only with a fixed value; to rebuild a table that others
        # point at would be worse. The value is put right at once, and no row is written without one.
        op.add_column(table, sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False, server_default='2026-11-22 00:00:00.000000'))
        rows = sa.table(table, sa.column('changed_at', sa.DateTime(timezone=True)))
        op.execute(sa.update(rows).values(changed_at=datetime.now(UTC)))
        if op.get_bind().dialect.name != 'sqlite':
            op.alter_column(table, 'changed_at', server_default=None)


def downgrade() -> None:
    """Nothing leads back: old addresses would be lost."""
    raise NotImplementedError('restore a backup from before the upgrade')
