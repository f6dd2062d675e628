"""A web site as a source, over real HTTP: only its own pages, as it allows, and nothing lost when it is away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from indexer.build import Builder
from indexer.sources import web
from indexer.sources.reaching import NotReached, Reaching
from indexer.sources.web import Round, Site, SiteRefused, sites
from knowledge.store.folder import Library
from tests.support.fakes import WordEncoder
from tests.support.website import Website, running

OWLS = "<html><body><h1>Owls</h1><h2>Who counts owls?</h2><p>Owls are counted by the baker.</p></body></html>"
FRONT = (
    '<h1>Guidance</h1><p>Read these.</p><a href="owls">Owls</a> <a href="/g/moles#top">Moles</a> '
    '<a href="/other">Other</a>'
)


@pytest.fixture
def site() -> Iterator[Website]:
    pages: dict[str, str | bytes] = {"/g/": FRONT, "/g/owls": OWLS, "/g/moles": OWLS.replace("wls", "oles")}
    with running(Website({**pages, "/other": "<p>Not ours.</p>"})) as started:
        yield started


@pytest.fixture
def here(tmp_path: Path) -> Path:
    return tmp_path / "web" / "site"


def bring(site: Website, here: Path, start: str = "/g/", *, inside: bool = True) -> Round:
    return Site(site.url + start, here, inside, sleep=lambda seconds: None).mirror()


def paths(site: Website) -> list[str]:
    return [path for path, _ in site.asked]


def test_pages_below_the_address_are_brought_each_with_its_link(site: Website, here: Path, library: Library) -> None:
    done = bring(site, here)
    assert (done.fetched, done.unchanged, done.gone, done.troubles) == (3, 0, [], [])
    assert paths(site) == ["/robots.txt", "/g/", "/g/owls", "/g/moles"]
    Builder(library, WordEncoder()).build([here])
    links = {document.title: document.link for document in library.edition().documents.values()}
    assert links["Owls"] == f"{site.url}/g/owls"


def test_what_has_not_changed_is_not_sent_again(site: Website, here: Path) -> None:
    bring(site, here)
    site.asked.clear()
    site.pages["/g/owls"] = OWLS.replace("baker", "miller")
    done = bring(site, here)
    assert (done.fetched, done.unchanged) == (1, 2)
    assert dict(site.asked)["/g/moles"] == 304


def test_what_robots_txt_forbids_is_not_asked_for(site: Website, here: Path) -> None:
    waits: list[float] = []
    site.pages["/robots.txt"] = "User-agent: *\nDisallow: /g/moles\nCrawl-delay: 7\n"
    Site(f"{site.url}/g/", here, True, sleep=waits.append).mirror()
    assert "/g/moles" not in paths(site)
    assert set(waits) == {7.0}
    site.pages["/robots.txt"] = "User-agent: *\nDisallow: /\n"
    with pytest.raises(SiteRefused, match="does not want to be read by programs"):
        bring(site, here)


def test_a_sitemap_names_the_pages(site: Website, here: Path) -> None:
    rows = "".join(f"<url><loc>{site.url}{path}</loc></url>" for path in ("/g/owls", "/other", "/g/moles"))
    site.pages["/g/sitemap.xml"] = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</urlset>'
    site.kinds["/g/sitemap.xml"] = "application/xml"
    assert bring(site, here, "/g/sitemap.xml").fetched == 2
    assert "/other" not in paths(site)


def test_a_page_that_is_gone_goes_and_one_that_fails_keeps_what_it_said(site: Website, here: Path) -> None:
    bring(site, here)
    site.status["/g/owls"] = 503
    done = bring(site, here)
    assert done.troubles == [f"{site.url}/g/owls: the site answers 503"]
    assert len(list(here.glob("*.html"))) == 3
    site.status["/g/owls"] = 410
    done = bring(site, here)
    assert done.gone == [f"{site.url}/g/owls"]
    assert len(list(here.glob("*.html"))) == len(list(here.glob("*.html.toml"))) == 2


def test_a_page_that_nothing_links_to_any_more_goes_only_after_a_whole_round(site: Website, here: Path) -> None:
    bring(site, here)
    site.pages["/g/"] = '<a href="/g/owls">Owls</a>'
    site.status["/g/owls"] = 500
    assert bring(site, here).gone == []
    del site.status["/g/owls"]
    assert bring(site, here).gone == [f"{site.url}/g/moles"]


def test_a_site_that_is_away_keeps_everything(site: Website, here: Path) -> None:
    bring(site, here)
    for path in ("/robots.txt", "/g/", "/g/owls", "/g/moles"):
        site.status[path] = 500
    with pytest.raises(SiteRefused, match="the site answers 500"):
        bring(site, here)
    assert len(list(here.glob("*.html"))) == 3


def test_redirects_stay_within_the_site(site: Website, here: Path) -> None:
    site.pages["/g/owls"] = "→ /g/owls-2"
    site.pages["/g/owls-2"] = OWLS
    with running(Website({"/secret": "<p>Secret</p>"})) as elsewhere:
        site.pages["/g/moles"] = f"→ {elsewhere.url}/secret"
        done = bring(site, here)
        assert elsewhere.asked == []
    assert done.fetched == 2
    assert done.troubles == [f"{site.url}/g/moles: it leads to another site, which is not followed"]
    site.pages["/g/moles"] = "→ /g/moles"
    assert "without end" in bring(site, here).troubles[0]


def test_a_private_network_is_entered_only_where_that_was_said(site: Website, here: Path) -> None:
    with pytest.raises(SiteRefused, match="it stands on a private network; say so when it is meant to"):
        bring(site, here, inside=False)
    assert site.asked == []


def test_a_site_that_never_ends_is_left_at_a_limit(site: Website, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "MOST_PAGES", 20)
    site.endless = True
    site.pages["/g/"] = '<a href="/g/x">next</a>'
    done = bring(site, here)
    assert len(paths(site)) <= 22
    assert "more than 20 addresses" in done.troubles[0]


def test_other_files_are_brought_by_their_kind_and_what_is_no_guidance_is_not(site: Website, here: Path) -> None:
    site.pages["/g/"] = '<a href="/g/form">form</a> <a href="/g/photo.jpg">photo</a> <a href="mailto:a@b">mail</a>'
    site.pages |= {"/g/form": b"%PDF-1.4 x", "/g/photo.jpg": b"\xff\xd8"}
    site.kinds |= {"/g/form": "application/pdf", "/g/photo.jpg": "image/jpeg"}
    assert bring(site, here).fetched == 2  # the front page and the form
    assert sorted(file.suffix for file in here.glob("g-form*")) == [".pdf", ".toml"]
    assert list(here.glob("*photo*")) == []


@pytest.mark.parametrize("address", ["force.example", "ftp://x/y", "https://me:secret@x/", "file:///etc/passwd"])
def test_what_is_no_address_of_a_site_is_refused(here: Path, address: str) -> None:
    with pytest.raises(SiteRefused, match="is no address of a site"):
        Site(address, here).mirror()


def test_a_site_is_looked_at_once_a_day(site: Website, here: Path) -> None:
    bring(site, here)
    (known,) = sites(here.parent)
    assert (known.address, known.inside) == (f"{site.url}/g/", True)
    assert not known.is_due(datetime.now(UTC))
    assert known.is_due(datetime.now(UTC) + timedelta(hours=25))


def test_a_page_that_does_not_end_in_time_is_given_up(site: Website) -> None:
    site.pages["/g/long"] = "x" * 200_000
    with (
        Reaching("Tests", 1_000_000, inside=True, seconds=-1) as reaching,
        pytest.raises(NotReached, match="it did not end within"),
    ):
        reaching.get(f"{site.url}/g/long")
