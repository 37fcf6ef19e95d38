"""claim runs of jobs."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = '7c1d90e4b6f3'
down_revision: str | None = '5fae4bab1da2'
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """Apply the change."""
    with op.batch_alter_table('job_runs', schema=None) as batch_op:
        batch_op.add_column(sa.Column('claimed_until', sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Take the change back."""
    with op.batch_alter_table('job_runs', schema=None) as batch_op:
        batch_op.drop_column('claimed_until')
