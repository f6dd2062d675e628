"""What the API says of itself holds: calls made up from its description break nothing and are answered as it says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from bot.api.application import new_api
from bot.app import Hub
from bot.domain.clients import Scope
from bot.domain.people import Actor
from tests.support.ready import demonstration

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
CALLS = 8
"""Made up for each address."""


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    data = tmp_path_factory.mktemp("described")
    folder = data / "guidance"
    folder.mkdir()
    text = "# Kites\n\n## How long may a kite soak?\n\nA silk kite may soak for ten minutes only.\n"
    (folder / "kites.md").write_text(text, encoding="utf-8")
    with demonstration(data / "data", folder, rate_client="", rate_person="") as made:
        yield made


@pytest.fixture(scope="module")
def token(hub: Hub) -> str:
    admin = Actor((hub.settings.admins or "").split(",")[0])
    return hub.clients.add(admin, "made-up", "sgt-bell", list(Scope), 30)


def test_calls_made_up_from_the_description_are_answered_as_it_says(hub: Hub, token: str) -> None:
    described = schemathesis.openapi.from_asgi("/openapi.json", new_api(hub))
    tried = 0
    for found in described.get_all_operations():
        operation = found.ok()

        @settings(
            max_examples=CALLS,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy())
        def call(case: Any) -> None:
            case.call_and_validate(headers={"authorization": f"Bearer {token}"}, checks=CHECKS)

        call()
        tried += 1
    assert tried == 13


def test_it_names_every_address_and_the_token(hub: Hub) -> None:
    found = new_api(hub).openapi()
    assert sorted(found["paths"]) == [
        "/board",
        "/board/search",
        "/board/{reference}",
        "/board/{reference}/steps/{step}",
        "/library",
        "/library/search",
        "/library/{document}",
        "/questions",
        "/receipts/{code}",
        "/requests",
        "/requests/{reference}",
        "/requests/{reference}/steps/{step}",
    ]
    assert found["components"]["securitySchemes"]["HTTPBearer"]["scheme"] == "bearer"


def test_the_quick_commands_do_not_wait_for_it() -> None:
    import subprocess
    import sys

    told = "import sys, bot.cli, bot.platforms; print('fastapi' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True, cwd=Path.cwd())
    assert done.stdout.strip() == "False"
