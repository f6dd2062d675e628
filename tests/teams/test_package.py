"""The app package: against Microsoft's schemas, pixel by pixel, and from the command line."""

from __future__ import annotations

import copy
import json
import os
import subprocess
import sys
import zlib
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path
from struct import unpack
from typing import Any
from zipfile import ZipFile

import click
import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft4Validator

from bot.cli import main
from bot.domain.refusals import Refused
from bot.settings import Settings
from bot.teams import extension, wording
from bot.teams.packing.package import SCHEMAS, VERSIONS, Variant, app_package, manifest

ROOT = Path(__file__).parents[2]
APP = "3f2504e0-4f89-41d3-9a0c-0305e82c3301"
HOST = "hub.example.police.uk"
BOTH = pytest.mark.parametrize("variant", Variant)
Run = Callable[..., Result]


@cache
def schema(version: str) -> Any:
    """Microsoft's schema of this version; the fourth draft of JSON Schema, which does not know "const"."""
    file = Path(__file__).parents[1] / "support" / "teams" / "schemas" / f"teams-manifest-{version}.json"
    return json.loads(file.read_text(encoding="utf-8"))


def broken(made: Any, version: str) -> list[str]:
    """Where that schema does not take a manifest."""
    return sorted(error.json_path for error in Draft4Validator(schema(version)).iter_errors(made))


def unpacked(data: bytes) -> tuple[dict[str, Any], list[list[bytes]], list[list[bytes]]]:
    """The manifest, and the pixels of the colour icon and the outline icon, of a package."""
    with ZipFile(BytesIO(data)) as package:
        assert package.testzip() is None
        assert package.namelist() == ["manifest.json", "color.png", "outline.png"]
        made = json.loads(package.read("manifest.json"))
        return made, pixels(package.read("color.png")), pixels(package.read("outline.png"))


def pixels(png: bytes) -> list[list[bytes]]:
    """The lines of a PNG as this project writes them: 8 bits a channel, lines as they are."""
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    at, chunks = 8, {}
    while at < len(png):
        length, name = unpack(">I4s", png[at : at + 8])
        chunks[name] = png[at + 8 : at + 8 + length]
        assert unpack(">I", png[at + 8 + length : at + 12 + length]) == (zlib.crc32(name + chunks[name]),)
        at += length + 12
    assert list(chunks) == [b"IHDR", b"IDAT", b"IEND"]
    width, height, *kind = unpack(">2I5B", chunks[b"IHDR"])
    channels = {2: 3, 6: 4}[kind[1]]
    assert kind == [8, kind[1], 0, 0, 0]
    raw, line = zlib.decompress(chunks[b"IDAT"]), width * channels + 1
    assert len(raw) == height * line
    assert {raw[start] for start in range(0, len(raw), line)} == {0}
    return [
        [raw[start + at : start + at + channels] for at in range(1, line, channels)]
        for start in range(0, len(raw), line)
    ]


@BOTH
def test_microsofts_schema_takes_the_manifest(variant: Variant) -> None:
    made = unpacked(app_package(APP, HOST, variant))[0]
    assert broken(made, SCHEMAS[variant]) == []
    assert made["manifestVersion"] == schema(SCHEMAS[variant])["properties"]["manifestVersion"]["const"]
    assert made["$schema"].split("/")[-2:] == [f"v{SCHEMAS[variant]}", "MicrosoftTeams.schema.json"]


SPOILT: list[tuple[str, Callable[[dict[str, Any]], Any]]] = [
    ("$", lambda made: made.update(surprise=1)),
    ("$", lambda made: made.pop("icons")),
    ("$.id", lambda made: made.update(id="prevention-hub")),
    ("$.description.short", lambda made: made["description"].update(short="x" * 81)),
    ("$.name.short", lambda made: made["name"].update(short="x" * 31)),
    ("$.developer.privacyUrl", lambda made: made["developer"].update(privacyUrl=HOST)),
    ("$.accentColor", lambda made: made.update(accentColor="blue")),
    ("$.bots[0]", lambda made: made["bots"][0].pop("botId")),
    ("$.bots[0].commandLists[0].commands", lambda made: made["bots"][0]["commandLists"][0]["commands"].extend([{
        "title": "more", "description": "more"}] * 6)),
    ("$.composeExtensions[0].commands[0].title",
     lambda made: made["composeExtensions"][0]["commands"][0].update(title="x" * 33)),
    ("$.composeExtensions[0].commands[2].context[0]",
     lambda made: made["composeExtensions"][0]["commands"][2].update(context=["everywhere"])),
    ("$.authorization.permissions.resourceSpecific[0]",
     lambda made: made["authorization"]["permissions"]["resourceSpecific"][0].pop("type")),
]  # fmt: skip


@BOTH
@pytest.mark.parametrize(("where", "spoil"), SPOILT)
def test_the_schema_notices_what_is_wrong(variant: Variant, where: str, spoil: Callable[[Any], Any]) -> None:
    made = copy.deepcopy(manifest(APP, HOST, variant))
    spoil(made)
    assert broken(made, SCHEMAS[variant]) == [where]


def test_what_the_older_schema_does_not_know_is_only_in_the_newer_package() -> None:
    assert broken(manifest(APP, HOST, Variant.TARGETED), SCHEMAS[Variant.STABLE]) == [
        "$.bots[0]",
        *(f"$.bots[0].commandLists[0].commands[{number}]" for number in range(4)),
        "$.bots[0].commandLists[1]",
        "$.composeExtensions[0].commands[3]",
    ]


@BOTH
def test_everything_names_this_app_and_this_host(variant: Variant) -> None:
    made = manifest(APP.upper(), "Hub.Example.police.uk", variant)
    assert (made["id"], made["bots"][0]["botId"], made["composeExtensions"][0]["botId"]) == (APP, APP, APP)
    assert made["webApplicationInfo"] == {"id": APP, "resource": f"api://{HOST}/botid-{APP}"}
    assert made["validDomains"] == [HOST]
    assert made["developer"] == {
        "name": "Prevention Hub",
        "websiteUrl": f"https://{HOST}/",
        "privacyUrl": f"https://{HOST}/privacy",
        "termsOfUseUrl": f"https://{HOST}/terms",
    }
    assert made["name"] == {"short": "Prevention Hub", "full": "Prevention Hub: guidance, quoted word for word"}
    assert [(tab["entityId"], tab["scopes"]) for tab in made["staticTabs"]] == [
        ("conversations", ["personal"]),
        ("about", ["personal"]),
    ]
    assert made["authorization"]["permissions"]["resourceSpecific"] == [
        {"name": "ChannelMessage.Read.Group", "type": "Application"},
        {"name": "TeamMember.Read.Group", "type": "Application"},
    ]


@BOTH
def test_the_bot_is_offered_where_it_answers_with_words_it_knows(variant: Variant) -> None:
    (bot,) = manifest(APP, HOST, variant)["bots"]
    assert bot["scopes"] == ["personal", "team", "groupChat"]
    assert (bot["supportsFiles"], bot["isNotificationOnly"]) == (False, False)
    own, rooms = bot["commandLists"]
    assert (own["scopes"], rooms["scopes"]) == (["personal"], ["team", "groupChat"])
    assert [command["title"] for command in rooms["commands"]] == ["help", "mine", "support"]
    assert "mine" in wording.HOME_WORDS
    assert "support" in wording.FORM_WORDS
    assert own["commands"][4:] == rooms["commands"]


def test_prompt_starters_write_the_question_into_the_box() -> None:
    older = manifest(APP, HOST, Variant.STABLE)["bots"][0]["commandLists"][0]["commands"][:4]
    newer = manifest(APP, HOST, Variant.TARGETED)["bots"][0]["commandLists"][0]["commands"][:4]
    assert [(command["description"], command["title"]) for command in older] == list(wording.PROMPTS)
    assert [(command["title"], command["prompt"]) for command in newer] == list(wording.PROMPTS)
    assert {command["type"] for command in newer} == {"prompt"}


@BOTH
def test_the_extension_has_the_commands_that_the_program_answers(variant: Variant) -> None:
    (made,) = manifest(APP, HOST, variant)["composeExtensions"]
    assert [(command["id"], command["type"], command["context"], command["title"]) for command in made["commands"]] == [
        (extension.SEARCH, "query", ["compose", "commandBox"], "Search guidance"),
        (extension.REQUESTS, "query", ["compose", "commandBox"], "Find requests"),
        (extension.ABOUT, "action", ["message"], "Ask the hub about this"),
        (extension.FORM, "action", ["compose", "commandBox"], wording.FORM_TITLE),
    ]
    for command in made["commands"]:
        if command["type"] == "query":
            assert [parameter["name"] for parameter in command["parameters"]] == ["query"]
            assert command["initialRun"] is True
        else:
            assert command["fetchTask"] is True


def test_slash_commands_and_private_messages_are_in_the_targeted_package_alone() -> None:
    stable, targeted = manifest(APP, HOST, Variant.STABLE), manifest(APP, HOST, Variant.TARGETED)
    assert '"triggers"' not in json.dumps(stable)
    assert "supportsTargetedMessages" not in stable["bots"][0]
    assert targeted["bots"][0]["supportsTargetedMessages"] is True
    assert [one.get("triggers") for one in targeted["bots"][0]["commandLists"]] == [None, ["mention", "slash"]]
    assert [one.get("triggers") for one in targeted["composeExtensions"][0]["commands"]] == [
        None,
        None,
        None,
        ["slash"],
    ]
    # an app that has the stable package can be updated to the targeted one
    older, newer = (tuple(map(int, VERSIONS[variant].split("."))) for variant in Variant)
    assert older < newer


@BOTH
def test_the_same_arguments_make_the_same_bytes(variant: Variant) -> None:
    first = app_package(APP, HOST, variant)
    assert app_package(APP, HOST, variant) == first
    assert app_package(APP, "other.example.police.uk", variant) != first
    with ZipFile(BytesIO(first)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_colour_icon_is_a_white_mark_on_a_full_square() -> None:
    made, icon, _ = unpacked(app_package(APP, HOST, Variant.STABLE))
    ground, white = bytes.fromhex(made["accentColor"][1:]), b"\xff\xff\xff"
    assert [len(line) for line in icon] == [192] * 192
    # Teams crops what is outside the 120 pixels in the middle: the mark must not stand there
    outside = {icon[y][x] for y in range(192) for x in range(192) if not (36 <= x < 156 and 36 <= y < 156)}
    assert outside == {ground}
    assert icon[60][96] == white  # the shield, above the tick
    assert icon[112][91] == ground  # the corner of the tick
    share = sum(line.count(white) for line in icon) / 192**2
    assert 0.15 < share < 0.35
    assert 100 < sum(pixel not in (ground, white) for line in icon for pixel in line) < 1200  # smooth edges
    assert all(line == line[::-1] for line in icon[:64] + icon[130:])  # no tick there: the same left and right


def test_the_outline_icon_is_white_and_transparent_only() -> None:
    _, _, icon = unpacked(app_package(APP, HOST, Variant.STABLE))
    assert [len(line) for line in icon] == [32] * 32
    assert {pixel[:3] for line in icon for pixel in line} == {b"\xff\xff\xff"}
    opacity = [[pixel[3] for pixel in line] for line in icon]
    assert [opacity[0][0], opacity[0][31], opacity[31][0], opacity[31][31]] == [0, 0, 0, 0]
    assert opacity[12][2:6] == [0, 255, 255, 0]  # the left side: two pixels, sharp
    assert opacity[12][26:30] == [0, 255, 255, 0]
    assert 0.12 < sum(map(sum, opacity)) / 255 / 32**2 < 0.3


@pytest.mark.parametrize(
    "app_id", ["", "nope", APP[:-1], f"{APP}0", f"{{{APP}}}", APP.replace("-", ""), f" {APP}", f"{APP}\n"]
)
def test_what_is_no_app_id_is_refused(app_id: str) -> None:
    with pytest.raises(Refused, match=r"Application \(client\) ID"):
        app_package(app_id, HOST, Variant.STABLE)


@pytest.mark.parametrize(
    "host",
    [
        "", "https://hub.example.uk", "hub.example.uk/", "hub.example.uk/teams", "hub.example.uk:8443",
        "hub example.uk", " hub.example.uk", "hub.example.uk\n", "localhost", "hub", "10.0.0.7", "[::1]",
        "hub.corp.local", "hub.Internal", "me@hub.example.uk", "-hub.example.uk", "hub-.example.uk",
        "hub..uk", "hub.example.uk.", "hüb.example.uk",
        f"{'x' * 64}.uk", f"{'x.' * 130}uk", "hub_1.example.uk", "*.example.uk",
    ],
)  # fmt: skip
def test_what_is_no_public_name_is_refused(host: str) -> None:
    with pytest.raises(Refused, match=r"--host hub\.example\.police\.uk"):
        app_package(APP, host, Variant.TARGETED)


@pytest.mark.parametrize(
    "host", ["a.uk", "hub-1.example.police.uk", "xn--hb-xka.example", f"{'x' * 63}.uk", "7.hub.uk"]
)
def test_what_is_a_public_name_is_taken(host: str) -> None:
    assert manifest(APP, host, Variant.STABLE)["validDomains"] == [host]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)

    def invoke(*arguments: str, **settings: str) -> Result:
        clean = {name: None for name in os.environ if name.startswith("PREVENTION_HUB_")}
        named = {f"PREVENTION_HUB_{name}": value for name, value in settings.items()}
        return CliRunner(env={**clean, **named}).invoke(main, ["teams", "package", *arguments])

    return invoke


def test_the_command_writes_either_package(run: Run, tmp_path: Path) -> None:
    result = run("--app-id", APP, "--host", HOST, "out.zip")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "Wrote out.zip" in result.stderr
    assert (tmp_path / "out.zip").read_bytes() == app_package(APP, HOST, Variant.STABLE)
    assert run("--app-id", APP, "--host", HOST, "--variant", "targeted", "out.zip").exit_code == 0
    assert (tmp_path / "out.zip").read_bytes() == app_package(APP, HOST, Variant.TARGETED)
    assert [path.name for path in tmp_path.iterdir()] == ["out.zip"]


@pytest.mark.parametrize("url", [f"https://{HOST}", f"HTTPS://{HOST}/", f"https://{HOST}/behind/a/proxy?x=1"])
def test_the_command_takes_what_is_set(run: Run, tmp_path: Path, url: str) -> None:
    assert run("out.zip", TEAMS_CLIENT_ID=APP, PUBLIC_URL=url).exit_code == 0
    assert (tmp_path / "out.zip").read_bytes() == app_package(APP, HOST, Variant.STABLE)
    other = APP.replace("3", "4")
    assert run("--app-id", other, "--host", "a.uk", "out.zip", TEAMS_CLIENT_ID=APP, PUBLIC_URL=url).exit_code == 0
    assert (tmp_path / "out.zip").read_bytes() == app_package(other, "a.uk", Variant.STABLE)


@pytest.mark.parametrize(
    ("arguments", "settings", "said"),
    [
        (["--host", HOST], {}, wording.NO_APP_ID),
        (["--app-id", APP], {}, wording.NO_HOST),
        (["--app-id", APP], {"PUBLIC_URL": f"http://{HOST}"}, wording.URL_NOT_HTTPS),
        (["--app-id", APP], {"PUBLIC_URL": HOST}, wording.URL_NOT_HTTPS),
        (["--app-id", APP], {"PUBLIC_URL": f"https://{HOST}:8443/"}, wording.BAD_HOST),
        (["--app-id", APP], {"PUBLIC_URL": "https://[::1"}, wording.BAD_HOST),
        (["--app-id", "", "--host", HOST], {"TEAMS_CLIENT_ID": APP}, wording.BAD_APP_ID),
        (["--host", HOST], {"TEAMS_CLIENT_ID": "prevention"}, wording.BAD_APP_ID),
    ],
)
def test_the_command_says_what_is_missing(
    run: Run, tmp_path: Path, arguments: list[str], settings: dict[str, str], said: str
) -> None:
    result = run(*arguments, "out.zip", **settings)
    assert (result.exit_code, result.stderr) == (1, f"Error: {said}\n")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_written_is_named(run: Run) -> None:
    result = run("--app-id", APP, "--host", HOST, "not/there.zip")
    assert result.exit_code == 1
    assert "not/there.zip cannot be written" in result.stderr
    assert "Name a file in a folder that is there." in result.stderr


def test_both_ways_are_named_and_every_variant_can_be_chosen() -> None:
    for setting, option, said in (
        ("teams_client_id", "--app-id", wording.NO_APP_ID),
        ("public_url", "--host", wording.NO_HOST),
    ):
        assert setting in Settings.model_fields
        assert f"PREVENTION_HUB_{setting.upper()}" in said
        assert option in said
    group = main.commands["teams"]
    assert isinstance(group, click.Group)
    (choice,) = (option.type for option in group.commands["package"].params if option.name == "variant")
    assert isinstance(choice, click.Choice)
    assert list(choice.choices) == list(Variant)


def test_make_writes_both_and_takes_no_host_from_the_shell(tmp_path: Path) -> None:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PREVENTION_HUB_", "MAKE"))}
    made = subprocess.run(
        # what is installed already is taken as it is
        ["make", "-f", ROOT / "Makefile", "-o", ".venv", f"BIN={Path(sys.executable).parent}", "teams-package",
         f"APP_ID={APP}"],
        cwd=tmp_path,
        env={**clean, "PYTHONPATH": str(ROOT), "HOST": "x86_64-linux", "PREVENTION_HUB_PUBLIC_URL": f"https://{HOST}/"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        "prevention-hub-teams.zip": app_package(APP, HOST, Variant.STABLE),
        "prevention-hub-teams-targeted.zip": app_package(APP, HOST, Variant.TARGETED),
    }
