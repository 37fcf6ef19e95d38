"""Every fact can be followed to a dated source."""

import re
from urllib.parse import urlsplit

from .guide_files import Guide, read_guides, read_sources


def test_every_source_a_guide_cites_is_on_file(guide: Guide) -> None:
    assert guide.cited_sources <= set(read_sources())


def test_an_evidence_line_cites_only_sources_the_page_lists(guide: Guide) -> None:
    assert guide.cited_sources == set(guide.front_matter["sources"])


def test_every_evidence_line_names_at_least_one_source(guide: Guide) -> None:
    assert [line["key"] for line in guide.front_matter["evidence"] if not line["sources"]] == []


def test_every_source_has_a_secure_link_a_year_and_a_title() -> None:
    for key, source in read_sources().items():
        link = urlsplit(source["url"])
        assert link.scheme == "https", key
        assert "." in link.netloc, key
        assert re.fullmatch(r"(19|20)\d\d", source["year"]), key
        assert source["authors"], key
        assert source["title"], key


def test_every_source_on_file_is_cited_by_a_guide() -> None:
    cited = {key for guide in read_guides() for key in guide.cited_sources}
    assert set(read_sources()) == cited
