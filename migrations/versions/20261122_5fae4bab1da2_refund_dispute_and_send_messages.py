"""Refunds, disputes, the outbox, three axes of an order, and ledgers that the database guards."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = '5fae4bab1da2'
down_revision: str | None = 'fb37e2be65c6'
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

APPEND_ONLY = ('stock_movements', 'order_events')
GUARD = """
CREATE FUNCTION refuse_change_of_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END $$
"""


def upgrade() -> None:
    """Apply the change."""
    create_tables()
    widen_orders()
    widen_events_and_reservations()
    guard_history()


def create_tables() -> None:
    """Add the tables of refunds, disputes and messages."""
    op.create_table('disputes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('payment_id', sa.Integer(), nullable=False),
    sa.Column('provider_id', sa.String(length=255), nullable=False),
    sa.Column('amount_cents', sa.Integer(), nullable=False),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('status', sa.String(length=60), nullable=False),
    sa.Column('is_open', sa.Boolean(), nullable=False),
    sa.Column('is_lost', sa.Boolean(), nullable=False),
    sa.Column('reason', sa.String(length=120), nullable=False),
    sa.Column('is_refundable', sa.Boolean(), nullable=False),
    sa.Column('answer_due_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['payment_id'], ['payments.id'], name=op.f('fk_disputes_payment_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_disputes')),
    sa.UniqueConstraint('provider_id', name=op.f('uq_disputes_provider_id'))
    )
    with op.batch_alter_table('disputes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_disputes_payment_id'), ['payment_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_disputes_status'), ['status'], unique=False)

    op.create_table('refunds',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('payment_id', sa.Integer(), nullable=False),
    sa.Column('idempotency_key', sa.String(length=255), nullable=False),
    sa.Column('provider_id', sa.String(length=255), nullable=True),
    sa.Column('amount_cents', sa.Integer(), nullable=False),
    sa.Column('delivery_cents', sa.Integer(), nullable=False),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('status', sa.Enum('prepared', 'withdrawn', 'requested', 'pending', 'succeeded', 'failed', 'canceled', name='refundstatus', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('actor', sa.String(length=120), nullable=False),
    sa.Column('failure_reason', sa.String(length=120), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('requested_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('amount_cents > 0', name=op.f('ck_refunds_amount_positive')),
    sa.CheckConstraint('delivery_cents BETWEEN 0 AND amount_cents', name=op.f('ck_refunds_delivery_within_amount')),
    sa.ForeignKeyConstraint(['payment_id'], ['payments.id'], name=op.f('fk_refunds_payment_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_refunds')),
    sa.UniqueConstraint('idempotency_key', name=op.f('uq_refunds_idempotency_key')),
    sa.UniqueConstraint('provider_id', name=op.f('uq_refunds_provider_id'))
    )
    with op.batch_alter_table('refunds', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_refunds_payment_id'), ['payment_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_refunds_status'), ['status'], unique=False)

    op.create_table('refund_lines',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('refund_id', sa.Integer(), nullable=False),
    sa.Column('order_line_id', sa.Integer(), nullable=False),
    sa.Column('quantity', sa.Integer(), nullable=False),
    sa.Column('restocked', sa.Integer(), nullable=False),
    sa.Column('amount_cents', sa.Integer(), nullable=False),
    sa.CheckConstraint('amount_cents >= 0', name=op.f('ck_refund_lines_amount_not_negative')),
    sa.CheckConstraint('quantity >= 0', name=op.f('ck_refund_lines_quantity_not_negative')),
    sa.CheckConstraint('restocked >= 0', name=op.f('ck_refund_lines_restocked_not_negative')),
    sa.ForeignKeyConstraint(['order_line_id'], ['order_lines.id'], name=op.f('fk_refund_lines_order_line_id')),
    sa.ForeignKeyConstraint(['refund_id'], ['refunds.id'], name=op.f('fk_refund_lines_refund_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_refund_lines'))
    )
    with op.batch_alter_table('refund_lines', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_refund_lines_order_line_id'), ['order_line_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_refund_lines_refund_id'), ['refund_id'], unique=False)

    op.create_table('outbox_messages',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=200), nullable=False),
    sa.Column('kind', sa.String(length=60), nullable=False),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.Column('state', sa.Enum('waiting', 'sent', 'given-up', name='messagestate', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('next_attempt_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('last_error', sa.Text(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('attempts >= 0', name=op.f('ck_outbox_messages_attempts_not_negative')),
    sa.CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name=op.f('ck_outbox_messages_sent_has_a_time')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outbox_messages')),
    sa.UniqueConstraint('key', name=op.f('uq_outbox_messages_key'))
    )
    with op.batch_alter_table('outbox_messages', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_outbox_messages_next_attempt_at'), ['next_attempt_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_outbox_messages_state'), ['state'], unique=False)


ORDER_STATUS = sa.Enum('awaiting-payment', 'placed', 'closed', 'cancelled', name='orderstatus', native_enum=False, create_constraint=True, length=40)
FULFILMENT_STATUS = sa.Enum('unfulfilled', 'part-fulfilled', 'fulfilled', 'delivered', name='fulfilmentstatus', native_enum=False, create_constraint=True, length=40)
EVENT_STATE = sa.Enum('done', 'ignored', 'parked', name='eventstate', native_enum=False, create_constraint=True, length=40)
AXIS = sa.Enum('order', 'payment', 'fulfilment', 'note', name='axis', native_enum=False, create_constraint=True, length=40)
PAYMENT_STATUSES = "'open', 'processing', 'paid', 'part-refunded', 'refunded', 'failed', 'expired'"


def widen_orders() -> None:
    """Give orders their three axes, discounts and refunds; the rows that are there are carried over."""
    with op.batch_alter_table('order_lines') as batch_op:
        batch_op.add_column(sa.Column('discount_cents', sa.Integer(), nullable=False, server_default='0'))
        batch_op.add_column(sa.Column('tax_cents', sa.Integer(), nullable=False, server_default='0'))
    with op.batch_alter_table('orders') as batch_op:
        for name in ('discount_cents', 'delivery_tax_cents', 'refunded_cents'):
            batch_op.add_column(sa.Column(name, sa.Integer(), nullable=False, server_default='0'))
        batch_op.add_column(sa.Column('discount_name', sa.String(length=80), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('order_status', ORDER_STATUS, nullable=False, server_default='awaiting-payment'))
        batch_op.add_column(sa.Column('fulfilment_status', FULFILMENT_STATUS, nullable=False, server_default='unfulfilled'))
        batch_op.add_column(sa.Column('is_tax_later', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('is_disputed', sa.Boolean(), nullable=False, server_default=sa.false()))
        for axis in ('order', 'payment', 'fulfilment'):
            batch_op.add_column(sa.Column(f'{axis}_changed_at', sa.DateTime(timezone=True), nullable=True))
        for name in ('total_adds_up', 'paid_has_a_time', 'paymentstatus'):
            batch_op.drop_constraint(batch_op.f(f'ck_orders_{name}'), type_='check')
    op.execute("UPDATE orders SET order_changed_at = placed_at, payment_changed_at = COALESCE(paid_at, placed_at), fulfilment_changed_at = placed_at")
    op.execute("UPDATE orders SET order_status = 'placed' WHERE payment_status = 'paid'")
    op.execute("UPDATE orders SET order_status = 'cancelled' WHERE payment_status IN ('failed', 'expired')")
    # Nobody knows any more which line the tax of an old order fell on: it stays together, with the delivery.
    op.execute("UPDATE orders SET delivery_tax_cents = tax_cents")
    with op.batch_alter_table('orders') as batch_op:
        for axis in ('order', 'payment', 'fulfilment'):
            batch_op.alter_column(f'{axis}_changed_at', existing_type=sa.DateTime(timezone=True), nullable=False)
        batch_op.create_check_constraint(batch_op.f('ck_orders_paymentstatus'), f"payment_status IN ({PAYMENT_STATUSES})")
        batch_op.create_check_constraint(batch_op.f('ck_orders_total_adds_up'), 'total_cents = subtotal_cents - discount_cents + delivery_cents + tax_cents')
        batch_op.create_check_constraint(batch_op.f('ck_orders_discount_within_subtotal'), 'discount_cents BETWEEN 0 AND subtotal_cents')
        batch_op.create_check_constraint(batch_op.f('ck_orders_refunded_within_total'), 'refunded_cents BETWEEN 0 AND total_cents')
        batch_op.create_check_constraint(batch_op.f('ck_orders_paid_has_a_time'), "(payment_status IN ('paid', 'part-refunded', 'refunded')) = (paid_at IS NOT NULL)")
        batch_op.create_index(batch_op.f('ix_orders_fulfilment_status'), ['fulfilment_status'], unique=False)
        batch_op.create_index(batch_op.f('ix_orders_order_status'), ['order_status'], unique=False)


def widen_events_and_reservations() -> None:
    """Say what each row speaks of and how long each hold lasts; let stock come back."""
    with op.batch_alter_table('payments') as batch_op:
        batch_op.add_column(sa.Column('revision', sa.Integer(), nullable=False, server_default='0'))
    with op.batch_alter_table('order_events') as batch_op:
        batch_op.add_column(sa.Column('axis', AXIS, nullable=False, server_default='payment'))
    with op.batch_alter_table('payment_events') as batch_op:
        for name in ('payment_intent_id', 'charge_id', 'dispute_id'):
            batch_op.add_column(sa.Column(name, sa.String(length=255), nullable=True))
        batch_op.add_column(sa.Column('says_failed', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('state', EVENT_STATE, nullable=False, server_default='done'))
        batch_op.add_column(sa.Column('handled_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('handled_count', sa.Integer(), nullable=False, server_default='1'))
        batch_op.create_index(batch_op.f('ix_payment_events_state'), ['state'], unique=False)
    op.execute("UPDATE payment_events SET handled_at = received_at")
    op.execute("UPDATE payment_events SET state = 'parked' WHERE outcome IN ('unknown-session', 'needs-attention')")
    with op.batch_alter_table('payment_events') as batch_op:
        batch_op.alter_column('handled_at', existing_type=sa.DateTime(timezone=True), nullable=False)
    with op.batch_alter_table('reservations') as batch_op:
        batch_op.add_column(sa.Column('held_until', sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE reservations SET held_until = created_at")
    with op.batch_alter_table('reservations') as batch_op:
        batch_op.alter_column('held_until', existing_type=sa.DateTime(timezone=True), nullable=False)
    with op.batch_alter_table('stock_movements') as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_stock_movements_movementkind'), type_='check')
    with op.batch_alter_table('stock_movements') as batch_op:
        batch_op.create_check_constraint(batch_op.f('ck_stock_movements_movementkind'), "kind IN ('received', 'reserved', 'released', 'consumed', 'returned')")


def guard_history() -> None:
    """Let the database refuse to change or delete a row of a ledger; on SQLite a rebuilt table loses its guard."""
    if op.get_bind().dialect.name == 'sqlite':
        for table in APPEND_ONLY:
            for change in ('UPDATE', 'DELETE'):
                op.execute(
                    f"CREATE TRIGGER {table}_refuse_{change.lower()} BEFORE {change} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
                )
        return
    op.execute(GUARD)
    for table in APPEND_ONLY:
        op.execute(f'CREATE TRIGGER {table}_refuse_change BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change_of_history()')
        op.execute(f'CREATE TRIGGER {table}_refuse_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_history()')


def downgrade() -> None:
    """Nothing leads back: refunds and messages would be lost."""
    raise NotImplementedError('restore a backup from before the upgrade')
