"""Delivery by zone and weight, tax by class of goods, discounts."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = 'b7d3c41e9f08'
down_revision: str | None = '7c1d90e4b6f3'
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """Apply the change."""
    create_delivery_tables()
    carry_over_delivery()
    create_discounts()
    add_tax_classes()


def create_delivery_tables() -> None:
    """Add zones, their places, and rates."""
    op.create_table('delivery_zones',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_delivery_zones')),
    sa.UniqueConstraint('code', name=op.f('uq_delivery_zones_code'))
    )
    op.create_table('delivery_zone_places',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('zone_id', sa.Integer(), nullable=False),
    sa.Column('country', sa.String(length=2), nullable=False),
    sa.Column('region', sa.String(length=3), nullable=False),
    sa.ForeignKeyConstraint(['zone_id'], ['delivery_zones.id'], name=op.f('fk_delivery_zone_places_zone_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_delivery_zone_places')),
    sa.UniqueConstraint('country', 'region', name=op.f('uq_delivery_zone_places_country_region'))
    )
    op.create_index(op.f('ix_delivery_zone_places_zone_id'), 'delivery_zone_places', ['zone_id'], unique=False)
    op.create_table('delivery_rates',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('method_id', sa.Integer(), nullable=False),
    sa.Column('zone_id', sa.Integer(), nullable=False),
    sa.Column('up_to_g', sa.Integer(), nullable=True),
    sa.Column('price_cents', sa.Integer(), nullable=False),
    sa.Column('free_from_cents', sa.Integer(), nullable=True),
    sa.CheckConstraint('free_from_cents >= 0', name=op.f('ck_delivery_rates_threshold_not_negative')),
    sa.CheckConstraint('price_cents >= 0', name=op.f('ck_delivery_rates_price_not_negative')),
    sa.CheckConstraint('up_to_g > 0', name=op.f('ck_delivery_rates_weight_positive')),
    sa.ForeignKeyConstraint(['method_id'], ['delivery_methods.id'], name=op.f('fk_delivery_rates_method_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['zone_id'], ['delivery_zones.id'], name=op.f('fk_delivery_rates_zone_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_delivery_rates')),
    sa.UniqueConstraint('method_id', 'zone_id', 'up_to_g', name=op.f('uq_delivery_rates_method_id_zone_id_up_to_g'))
    )
    op.create_index(op.f('ix_delivery_rates_zone_id'), 'delivery_rates', ['zone_id'], unique=False)
    op.create_index('ix_delivery_rates_any_weight', 'delivery_rates', ['method_id', 'zone_id'], unique=True, sqlite_where=sa.text('up_to_g IS NULL'), postgresql_where=sa.text('up_to_g IS NULL'))


def carry_over_delivery() -> None:
    """Make each country that is sent to a zone; the prices of its methods hold there for any weight."""
    # The code that the seed files give to the zone of the country as a whole.
    op.execute(
        "INSERT INTO delivery_zones (code, name, position) "
        "SELECT CASE country WHEN 'US' THEN 'us-48' ELSE LOWER(country) END, "
        "CASE country WHEN 'US' THEN 'United States' ELSE country END, MIN(position) "
        "FROM delivery_methods GROUP BY country"
    )
    zone_of_country = "z.code = CASE m.country WHEN 'US' THEN 'us-48' ELSE LOWER(m.country) END"
    op.execute(
        "INSERT INTO delivery_zone_places (zone_id, country, region) "
        f"SELECT DISTINCT z.id, m.country, '' FROM delivery_methods m JOIN delivery_zones z ON {zone_of_country}"
    )
    op.execute(
        "INSERT INTO delivery_rates (method_id, zone_id, up_to_g, price_cents, free_from_cents) "
        "SELECT m.id, z.id, NULL, m.price_cents, m.free_from_cents "
        f"FROM delivery_methods m JOIN delivery_zones z ON {zone_of_country}"
    )
    with op.batch_alter_table('delivery_methods') as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_delivery_methods_price_not_negative'), type_='check')
        for name in ('country', 'price_cents', 'free_from_cents'):
            batch_op.drop_column(name)


def create_discounts() -> None:
    """Add the table of discount codes."""
    op.create_table('discounts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('parts_per_million', sa.Integer(), nullable=True),
    sa.Column('amount_cents', sa.Integer(), nullable=True),
    sa.Column('min_subtotal_cents', sa.Integer(), nullable=False),
    sa.Column('covers_delivery', sa.Boolean(), nullable=False),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('is_active', sa.Boolean(), nullable=False),
    sa.CheckConstraint('(parts_per_million IS NULL) <> (amount_cents IS NULL)', name=op.f('ck_discounts_percent_or_amount')),
    sa.CheckConstraint('parts_per_million BETWEEN 0 AND 1000000', name=op.f('ck_discounts_rate_is_a_share')),
    sa.CheckConstraint('amount_cents >= 0', name=op.f('ck_discounts_amount_not_negative')),
    sa.CheckConstraint('min_subtotal_cents >= 0', name=op.f('ck_discounts_minimum_not_negative')),
    sa.CheckConstraint('ends_at > starts_at', name=op.f('ck_discounts_ends_after_it_starts')),
    sa.CheckConstraint('covers_delivery OR COALESCE(parts_per_million, amount_cents) > 0', name=op.f('ck_discounts_takes_something_off')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_discounts')),
    sa.UniqueConstraint('code', name=op.f('uq_discounts_code'))
    )


def add_tax_classes() -> None:
    """Let a class of goods have rates of its own; whatever is there is of the general class."""
    op.add_column('products', sa.Column('tax_class', sa.String(length=40), nullable=False, server_default='general'))
    with op.batch_alter_table('tax_rates') as batch_op:
        batch_op.add_column(sa.Column('tax_class', sa.String(length=40), nullable=False, server_default='general'))
        batch_op.drop_constraint(batch_op.f('uq_tax_rates_country_region'), type_='unique')
        batch_op.create_unique_constraint(batch_op.f('uq_tax_rates_country_region_tax_class'), ['country', 'region', 'tax_class'])


def downgrade() -> None:
    """Nothing leads back: zones, weights and discounts would be lost."""
    raise NotImplementedError('restore a backup from before the upgrade')
