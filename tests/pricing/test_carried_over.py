"""The prices of a shop that was there before zones and classes are the same after the upgrade."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

from app.db import create_database_engine
from app.jobs.schema import MIGRATIONS, upgrade
from app.jobs.seed import SEED_FOLDER
from app.money import Money
from app.pricing.place import Place
from app.pricing.queries import list_tax_rates
from app.pricing.seed import load_pricing, read_pricing
from app.pricing.tax import TaxRates
from tests.pricing.tariff import offered

BEFORE = "7c1d90e4b6f3"
OLD_ROWS = (
    "INSERT INTO delivery_methods (code, name, description, country, price_cents, free_from_cents, currency, "
    "position) VALUES ('standard', 'Standard', 'Soon.', 'US', 595, 6000, 'USD', 1), "
    "('express', 'Express', 'Now.', 'US', 1495, NULL, 'USD', 2)",
    "INSERT INTO tax_rates (country, region, name, parts_per_million, is_delivery_taxed) "
    "VALUES ('US', 'TX', 'Texas sales tax', 62500, true)",
)


def test_prices_from_before_are_carried_over_and_the_seed_takes_them_up(tmp_path: Path) -> None:
    engine = create_database_engine(f"sqlite:///{tmp_path}/shop.db")
    with engine.begin() as connection:
        command.upgrade(config_of(connection), BEFORE)
        for rows in OLD_ROWS:
            connection.execute(text(rows))
    upgrade(engine)
    with Session(engine) as session:
        for region in ("", "OR", "AK"):
            prices = offered(session, Place("US", region), weight_g=500_000, goods_cents=5999)
            assert prices == {"standard": Money(595, "USD"), "express": Money(1495, "USD")}
        assert offered(session, Place("US"), weight_g=1, goods_cents=6000)["standard"] == Money(0, "USD")
        assert TaxRates(list_tax_rates(session, Place("US", "TX"))).rate_of("anything") == 62_500
        load_pricing(session, read_pricing(SEED_FOLDER, "USD", []))
        assert offered(session, Place("US"), weight_g=500_000) == {}
        assert offered(session, Place("US", "AK"), weight_g=1)["standard"] > Money(595, "USD")
    engine.dispose()


def config_of(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config
