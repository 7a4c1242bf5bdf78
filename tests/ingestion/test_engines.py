"""Sites of every engine that municipalities use are understood by themselves: no rule is written for any of them."""

import pytest

from domain.sources import SourceKind
from ingestion.gathering import Gathering
from tests.ingestion.engines import ENGINES, NEWS, Engine
from tests.ingestion.site import Site


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.name)
async def test_list_and_articles_are_found_without_a_rule(engine: Engine, site: Site, gathered: Gathering) -> None:
    site.put(engine.listed_at, engine.list_page())
    for one in NEWS:
        site.put(engine.path_of(one), engine.article_page(one))
    finding = await gathered.detector.probe(f"{site.url}{engine.listed_at}")
    assert (finding.kind, finding.problem) == (SourceKind.PAGE, "")
    assert [entry.title for entry in finding.entries] == [one.title for one in NEWS]
    for entry, one in zip(finding.entries, NEWS, strict=True):
        assert entry.url == f"{site.url}{engine.path_of(one)}"
        assert one.text in " ".join(entry.text.split())
        assert "Телефон приёмной" not in entry.text
        assert "Паспорт" not in entry.text
        assert entry.published_at is not None
        assert entry.published_at.date() == one.day
