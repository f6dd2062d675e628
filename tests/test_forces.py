"""Several forces in one installation: nothing of one is shown to another, and nothing opens what is another's."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import httpx
import pytest
import yaml
from click.testing import CliRunner
from starlette.routing import Route

from bot.app import Hub
from bot.cli import main
from bot.domain.clients import Scope
from bot.domain.forces.belonging import ForceError, claim_folder
from bot.domain.messages import Place, Question, Viewer
from bot.domain.people import Actor
from bot.domain.refusals import RecordsError
from bot.portal.samples import DEMONSTRATION
from bot.records import Records
from bot.server import edges_of, new_server
from bot.settings import Settings
from knowledge.store.shared.bucket import open_bucket
from knowledge.store.shared.owner import AnothersLibrary, OwnedBucket
from tests.portal.test_site import signed_in
from tests.support import postgres
from tests.support.fakes import WordEncoder
from tests.support.objects import BUCKET, Objects, running
from tests.support.serving import served

FORCES = ("avon", "kent")
MARKER = "{name}marker"
GUIDANCE = """---
id: {name}-kites
title: Kites in {name}marker
status: in_force
law_checked_on: 2026-10-20
review_by: 2099-01-20
---

## Who counts the {name} kites?

The {name}marker sexton counts the kites on Mondays with a brass telescope.
"""
NATIONAL = """---
id: national-balloons
title: Balloons everywhere
status: in_force
law_checked_on: 2026-10-20
review_by: 2099-01-20
---

## How high may a balloon fly?

A balloon may fly as high as forty metres on a rope of hemp.
"""
Hubs = Mapping[str, Hub]


@pytest.fixture
def objects(monkeypatch: pytest.MonkeyPatch) -> Iterator[Objects]:
    with running(Objects()) as server:
        for name, value in (("ENDPOINT_URL", server.url), ("ACCESS_KEY_ID", "a"), ("SECRET_ACCESS_KEY", "b")):
            monkeypatch.setenv(f"AWS_{name}", value)
        monkeypatch.setenv("AWS_REGION", "eu-west-2")
        yield server


@pytest.fixture
def national(tmp_path: Path) -> Path:
    """Guidance for all forces, which says that it is."""
    folder = tmp_path / "national"
    folder.mkdir()
    (folder / "balloons.md").write_text(NATIONAL, encoding="utf-8")
    (folder / "_folder.toml").write_text('handling = "national guidance"\n', encoding="utf-8")
    return folder


@pytest.fixture
def profiles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Writes a force's profile."""
    folder = tmp_path / "forces"
    folder.mkdir()
    monkeypatch.setenv("PREVENTION_HUB_FORCES", str(folder))
    monkeypatch.setenv("PREVENTION_HUB_DATA", str(tmp_path / "data"))

    def write(name: str, **settings: str) -> Path:
        text = "".join(f'{key} = "{value}"\n' for key, value in settings.items())
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
        return folder / f"{name}.toml"

    return write


@pytest.fixture
def hubs(
    tmp_path: Path, postgres_server: str, migrated: str, objects: Objects, national: Path, ungated: None,
    profiles: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, guidance: Path,
) -> Iterator[Hubs]:  # fmt: skip
    """Two forces with databases on one server and prefixes of one bucket, each with a document and a request."""
    monkeypatch.setattr("bot.publishing.starter_library", lambda: guidance)
    made: dict[str, Hub] = {}
    databases = {name: postgres.new_database(postgres_server, like=migrated) for name in FORCES}
    for name in FORCES:
        profiles(
            name,
            database_url=databases[name],
            shared_library=f"s3://{BUCKET}/{name}",
            national_guidance=str(national),
            hub_contact=f"ring {MARKER.format(name=name)}",
        )
        hub = made[name] = Hub(Settings.read(force=name, **DEMONSTRATION), WordEncoder())
        claim_folder(hub.settings.data, name)
        own = tmp_path / f"guidance-{name}"
        own.mkdir()
        (own / "kites.md").write_text(GUIDANCE.format(name=name), encoding="utf-8")
        hub.publishing.build(hub.publishing.builder(), [own], by_itself=True)
        hub.assistant.hand_over(
            Question(f"please send {MARKER.format(name=name)} badgers", Place("portal", "pc"), "pc")
        )
    yield made
    for hub in made.values():
        hub.close()
    for database in databases.values():
        postgres.drop_database(postgres_server, database)


def test_no_page_and_no_call_of_one_force_shows_anything_of_the_other(hubs: Hubs) -> None:
    ours, theirs = hubs["avon"], hubs["kent"]
    admin = Actor((ours.settings.admins or "").split(",")[0])
    receipts = [
        one.assistant.ask(Question("Who counts the kites?", Place("portal", "x"), "x")) for one in (ours, theirs)
    ]
    values = {
        "receipt": receipts[1].receipt or "", "code": receipts[1].receipt or "", "reference": "PF-0001",
        "document": "kent-kites", "number": "1", "edition": "1", "name": "1", "path": "1",
    }  # fmt: skip
    edges = edges_of(ours)
    paths = [route.path for edge in edges for route in edge.routes() if isinstance(route, Route)]
    walked = {re.sub(r"\{(\w+)(?::\w+)?\}", lambda found: values.get(found[1], "1"), path) for path in paths}
    walked = {path for path in walked if not path.endswith(("/events", "/sign-out"))}
    said = []
    with served(new_server(ours, edges)) as address:
        for person in ("pc-adams", admin.name):
            with signed_in(address, person) as browser:
                said += [browser.get(path).text for path in sorted(walked)]
                said.append(browser.post("/questions", data={"question": "Who counts the kent kites?"}).text)
                said.append(browser.get("/library", params={"q": "kentmarker sexton"}).text)
        token = ours.clients.add(admin, "walk", admin.name, list(Scope), 30)
        with httpx.Client(base_url=f"{address}/api/v1", headers={"authorization": f"Bearer {token}"}) as program:
            described = program.get("/openapi.json").json()["paths"]
            gets = [path for path, one in described.items() if "get" in one]
            said += [program.get(re.sub(r"\{(\w+)\}", lambda f: values.get(f[1], "1"), path)).text for path in gets]
            said.append(program.post("/library/search", json={"text": "kentmarker sexton"}).text)
            said.append(program.post("/questions", json={"text": "Who counts the kent kites?"}).text)
    assert len(walked) > 40
    assert sum("avonmarker" in text for text in said) > 5
    assert [text for text in said if "kentmarker" in text] == []
    assert ours.verify(receipts[1].receipt or "", Viewer(Place("terminal", "t1"))) is None


def test_each_has_its_own_library_record_and_queue(hubs: Hubs, objects: Objects) -> None:
    for name, hub in hubs.items():
        other = next(one for one in FORCES if one != name)
        documents = hub.library.edition().documents
        assert f"{name}-kites" in documents
        assert f"{other}-kites" not in documents
        assert [one.question for one in hub.records.pace.waiting()] == [f"please send {name}marker badgers"]
        assert hub.settings.data.name == name
        assert (hub.settings.data / "force").read_text(encoding="utf-8") == f"{name}\n"
    assert {key.split("/")[0] for key in objects.held} == set(FORCES)
    assert objects.held["avon/force"] == b"avon"


def test_national_guidance_is_quoted_in_every_force_and_says_what_it_is(hubs: Hubs, national: Path) -> None:
    before = {file.name: file.read_bytes() for file in national.iterdir()}
    for hub in hubs.values():
        reply = hub.assistant.ask(Question("How high may a balloon fly?", Place("terminal", "t"), "pc"))
        assert "forty metres" in reply.text
        assert "OFFICIAL (national guidance)" in reply.text
    assert {file.name: file.read_bytes() for file in national.iterdir()} == before


def test_a_library_of_another_force_is_neither_read_nor_written(objects: Objects) -> None:
    def owned(force: str) -> OwnedBucket:
        return OwnedBucket(open_bucket(f"s3://{BUCKET}/one"), force, lambda owner: owner if owner != force else "")

    unowned = owned("")
    unowned.put("blobs/a", b"of nobody")
    owned("avon").put("blobs/b", b"of avon")
    held = dict(objects.held)
    for force in ("kent", ""):
        for call in (lambda one: one.get("blobs/b"), lambda one: one.put("blobs/b", b"x"), lambda one: one.keys("")):
            with pytest.raises(AnothersLibrary, match="avon"):
                call(owned(force))
    assert objects.held == held
    assert owned("avon").get("blobs/b")[0] == b"of avon"


def test_a_database_of_another_force_is_refused_before_anything_is_changed(hub_database: Path | str) -> None:
    with Records.when_needed(hub_database, force="avon") as ours:
        ours.audit("began", "avon")
    for force in ("kent", ""):
        with Records.when_needed(hub_database, force=force) as theirs:
            with pytest.raises(RecordsError, match="belongs to the force 'avon'") as refused:
                theirs.audit("began", "somebody")
            assert refused.value.is_another_forces
    with Records.when_needed(hub_database, force="avon") as again:
        assert again.audit_head()[0] == 1


def test_a_data_folder_is_marked_once_and_stays_what_it_is(tmp_path: Path) -> None:
    claim_folder(tmp_path / "one", "")
    assert not (tmp_path / "one").exists()
    claim_folder(tmp_path / "one", "avon")
    claim_folder(tmp_path / "one", "avon")
    for force in ("kent", ""):
        with pytest.raises(ForceError, match=r"belongs to the force 'avon'.*PREVENTION_HUB_FORCE"):
            claim_folder(tmp_path / "one", force)


@pytest.mark.parametrize("command", [["serve", "--port", "0"], ["worker", "--once"]])
def test_a_process_does_not_start_over_what_is_another_forces(
    command: list[str], profiles: Callable[..., Path], tmp_path: Path
) -> None:
    shared = tmp_path / "hub.db"
    Records.when_needed(shared, force="avon").audit_head()
    profiles("kent", database_url=f"sqlite:///{shared}")
    done = CliRunner().invoke(main, command, env={"PREVENTION_HUB_FORCE": "kent"})
    assert done.exit_code == 1
    assert "The hub database belongs to the force 'avon', and this process works for the force 'kent'" in done.output
    assert not (tmp_path / "data" / "kent" / "library").exists()


def test_a_profile_goes_before_the_environment_and_a_command_before_both(
    profiles: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PREVENTION_HUB_FORCE", "avon")
    monkeypatch.setenv("PREVENTION_HUB_HUB_CONTACT", "the machine's")
    monkeypatch.setenv("PREVENTION_HUB_WELLBEING_LINE", "ring 1")
    profiles("avon", hub_contact="avon's", host="127.0.0.9")
    settings = Settings.read(host="127.0.0.8")
    assert (settings.hub_contact, settings.wellbeing_line, settings.host) == ("avon's", "ring 1", "127.0.0.8")
    assert settings.data == tmp_path / "data" / "avon"
    assert Settings.read(tmp_path / "other").data == tmp_path / "other"
    origins = {name: origin for name, _, origin in settings.explained()}
    assert origins["PREVENTION_HUB_HUB_CONTACT"] == "avon.toml"
    assert origins["PREVENTION_HUB_WELLBEING_LINE"] == "environment"
    assert origins["PREVENTION_HUB_PORT"] == "default"


def test_a_profile_that_is_not_there_or_wrong_is_named_and_nothing_of_it_is_quoted(
    profiles: Callable[..., Path],
) -> None:
    with pytest.raises(ForceError, match=r"no profile .*avon\.toml.*deploy --forces avon"):
        Settings.read(force="avon")
    profiles("avon", hub_contakt="x")
    with pytest.raises(ForceError, match="no setting of a force: hub_contakt"):
        Settings.read(force="avon")
    profiles("avon").write_text('slack_bot_token = "xoxb-secret', encoding="utf-8")
    with pytest.raises(ForceError, match=r"avon\.toml cannot be read") as refused:
        Settings.read(force="avon")
    assert "xoxb" not in str(refused.value)
    assert refused.value.__cause__ is None
    with pytest.raises(Exception, match=r"PREVENTION_HUB_FORCE is wrong.*small letters"):
        Settings.read(force="../kent")


@pytest.fixture
def written(tmp_path: Path) -> Path:
    done = CliRunner().invoke(main, ["deploy", "--forces", "avon,west-kent", "--out", str(tmp_path / "deploy")])
    assert done.exit_code == 0, done.output
    return tmp_path / "deploy"


def test_deploy_gives_each_force_what_no_other_reaches(written: Path) -> None:
    services = yaml.safe_load((written / "compose.yaml").read_text(encoding="utf-8"))["services"]
    assert set(services) == {"database", "serve-avon", "worker-avon", "serve-west-kent", "worker-west-kent"}
    for name in ("avon", "west-kent"):
        for kind in ("serve", "worker"):
            one = services[f"{kind}-{name}"]
            assert one["environment"]["PREVENTION_HUB_FORCE"] == name
            assert one["read_only"] is True
            mounted = [volume.split(":") for volume in one["volumes"]]
            assert [where[0] for where in mounted] == [f"data-{name}", f"./forces/{name}.toml", "./national"]
            assert [where[2:] for where in mounted] == [[], ["ro"], ["ro"]]
    ports = [services[f"serve-{name}"]["ports"] for name in ("avon", "west-kent")]
    assert ports == [["127.0.0.1:8081:8081"], ["127.0.0.1:8082:8082"]]
    assert (written / "forces" / "avon.toml").stat().st_mode & 0o777 == 0o600
    sql = (written / "databases.sql").read_text(encoding="utf-8")
    assert "CREATE DATABASE hub_west_kent OWNER hub_west_kent" in sql
    assert "REVOKE CONNECT ON DATABASE hub_avon FROM PUBLIC" in sql


def test_the_profiles_that_deploy_writes_are_read(written: Path) -> None:
    settings = Settings.read(force="west-kent", forces=written / "forces")
    assert settings.port == 8082
    assert settings.public_url == "https://west-kent.hub.example.police.uk"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
@pytest.mark.parametrize("unit", ["serve", "worker"])
def test_a_unit_for_any_force_may_do_little_and_is_its_forces_account(written: Path, unit: str) -> None:
    file = written / f"prevention-hub-{unit}@.service"
    text = file.read_text(encoding="utf-8")
    assert "User=prevention-hub-%i" in text
    assert "StateDirectory=prevention-hub/%i" in text
    done = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", str(file)], capture_output=True, text=True, check=False
    )
    found = re.search(r"Overall exposure level for [^:]+: ([\d.]+)", done.stdout)
    assert found is not None, done.stdout + done.stderr
    assert float(found[1]) <= 2.5


def test_a_name_that_is_none_or_twice_is_refused(tmp_path: Path) -> None:
    for names in ("Avon", "avon,avon", "a/b"):
        done = CliRunner().invoke(main, ["deploy", "--forces", names, "--out", str(tmp_path / "none")])
        assert done.exit_code == 2
    assert not (tmp_path / "none").exists()
