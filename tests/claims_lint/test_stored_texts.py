"""No text in the database that people read makes a banned claim, in whatever table it stands."""

import pytest
from flask import Flask
from sqlalchemy import JSON, String, Table, select

from app.db import Base
from app.session import get_session
from tests.claims_lint.lint import Lint
from tests.claims_lint.page_text import list_strings
from tests.telling import say

# Works of others keep their names; what visitors, customers and staff write is no word of the shop.
NOT_OURS = {"sources", "alembic_version"}
# Stems without their sentences, and what people type: nobody is shown them.
WORD_LISTS = {"search_entries", "search_words", "search_trigrams", "search_synonyms", "search_warning_terms"}
# For staff only, about what a claim would mean for the law.
STAFF_ONLY = {("products", "us_regulation_to_confirm"), ("products", "fsa_hsa_hint")}
READ = {"products", "variants", "variant_facts", "images", "categories", "options", "option_values", "guides"}
READ |= {"claims", "recommendations", "guide_changes", "cautions", "caution_rules", "caution_versions"}


def test_no_stored_text_makes_a_banned_claim(
    read_only_shop: Flask, lint: Lint, request: pytest.FixtureRequest
) -> None:
    filled = set()
    with read_only_shop.app_context():
        for table in Base.metadata.sorted_tables:
            if table.name in NOT_OURS | WORD_LISTS:
                continue
            before = lint.texts
            _read_table(lint, table)
            if lint.texts > before:
                filled.add(table.name)
    say(
        request.node,
        f"Claims lint: {len(filled)} tables, {lint.texts} stored texts, {len(lint.found)} banned claims.",
    )
    assert lint.found == []
    assert READ - filled - {"caution_versions"} == set()


def _read_table(lint: Lint, table: Table) -> None:
    for column in table.columns:
        if isinstance(column.type, String | JSON) and (table.name, column.name) not in STAFF_ONLY:
            values = get_session().scalars(select(column)).all()
            lint.read(f"{table.name}.{column.name}", [text for each in values for text in list_strings(each)])
