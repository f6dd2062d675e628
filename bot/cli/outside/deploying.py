"""What `deploy --forces` writes: everything once for each force, and nothing of one within another's reach."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import click
import yaml

FIRST_PORT = 8081
NATIONAL = "/srv/national-guidance"
_NAME = re.compile(r"[a-z][a-z0-9-]{0,30}")
_HEAD = """\
# A `serve` and a `worker` for each force: {names}. Each has its own profile, volume and database; of the others'
# it sees none. national/ holds guidance for all of them, and is read only.
# database_password holds the password of the server's own account; forces/*.toml those of databases.sql. All are 0600,
# the profiles owned by uid 10001, databases.sql by uid 999, which is postgres in its image.
"""


class _Plain(yaml.SafeDumper):
    """Writes what is the same for two services out twice."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def for_forces(texts: Mapping[str, str], profile: str, names: Sequence[str]) -> dict[str, str]:
    """The files for one installation of several forces, by name. UsageError for a name that is none."""
    for name in names:
        if not _NAME.fullmatch(name) or names.count(name) > 1:
            raise click.UsageError(f"'{name}' is no name of a force, or is there twice. Write: --forces avon,kent")
    made = {name: text for name, text in texts.items() if not name.endswith((".service", "compose.yaml"))}
    for name, text in texts.items():
        if name.endswith(".service"):
            made[name.replace(".service", "@.service")] = _unit(text)
    for number, name in enumerate(names):
        account = name.replace("-", "_")
        made[f"forces/{name}.toml"] = profile.format(name=name, account=account, port=FIRST_PORT + number)
    made["compose.yaml"] = _HEAD.format(names=", ".join(names)) + _compose(texts["compose.yaml"], names)
    made["databases.sql"] = "".join(map(_database, names))
    return made


def _unit(text: str) -> str:
    """A unit for any force, `prevention-hub-serve@avon`: an account, a folder and a profile of its own."""
    return (
        re.sub(r"^(Description=.*)$", r"\1 for %i", text, flags=re.MULTILINE)
        .replace(
            "Environment=PREVENTION_HUB_DATA=%S/prevention-hub\n",
            "Environment=PREVENTION_HUB_FORCE=%i PREVENTION_HUB_FORCES=/etc/prevention-hub/forces\n"
            f"Environment=PREVENTION_HUB_DATA=%S/prevention-hub PREVENTION_HUB_NATIONAL_GUIDANCE={NATIONAL}\n",
        )
        .replace("EnvironmentFile=/etc/prevention-hub.env\n", "")
        .replace("nologin prevention-hub\n", "nologin prevention-hub-NAME\n")
        .replace("User=prevention-hub\n", "User=prevention-hub-%i\n")
        .replace("StateDirectory=prevention-hub\n", "StateDirectory=prevention-hub/%i\n")
        .replace("UMask=0077\n", f"UMask=0077\nReadOnlyPaths=-{NATIONAL}\n")
    )


def _compose(text: str, names: Sequence[str]) -> str:
    """The compose file of one force, with its two services once for each."""
    whole: dict[str, Any] = yaml.safe_load(text)
    services: dict[str, Any] = whole["services"]
    volumes: dict[str, Any] = {"database": {}}
    serve, worker, database = services.pop("serve"), services.pop("worker"), services["database"]
    database["volumes"].append("./databases.sql:/docker-entrypoint-initdb.d/databases.sql:ro")
    for number, name in enumerate(names):
        port = FIRST_PORT + number
        own = {
            "environment": {
                "PREVENTION_HUB_FORCE": name,
                "PREVENTION_HUB_FORCES": "/forces",
                "PREVENTION_HUB_NATIONAL_GUIDANCE": NATIONAL,
            },
            "volumes": [
                f"data-{name}:/data",
                f"./forces/{name}.toml:/forces/{name}.toml:ro",
                f"./national:{NATIONAL}:ro",
            ],
        }
        check = ["CMD", "python", "-c", _READY.format(port=port)]
        told = {"ports": [f"127.0.0.1:{port}:{port}"], "healthcheck": {**serve["healthcheck"], "test": check}}
        for service in (serve, worker):
            service.pop("env_file", None)
        services[f"serve-{name}"] = {**serve, **own, **told}
        services[f"worker-{name}"] = {**worker, **own}
        volumes[f"data-{name}"] = {}
    made = {**whole, "services": services, "volumes": volumes}
    return yaml.dump(made, Dumper=_Plain, sort_keys=False, allow_unicode=True, width=110)


_READY = "import urllib.request as u; u.urlopen('http://127.0.0.1:{port}/readyz', timeout=5)"


def _database(name: str) -> str:
    """A database that only this force's account may enter."""
    account = f"hub_{name.replace('-', '_')}"
    return (
        f"CREATE ROLE {account} LOGIN PASSWORD 'PASSWORD';\nCREATE DATABASE {account} OWNER {account};\n"
        f"REVOKE CONNECT ON DATABASE {account} FROM PUBLIC;\n"
    )
