"""All settings, read once and frozen. Only wiring reads them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.domain.audience.fields import AudienceFields
from bot.domain.forces.fields import PREFIX, ForceFields
from bot.domain.graph.fields import GraphFields
from bot.domain.messages import Place
from bot.domain.one_person.fields import OnePersonFields
from bot.domain.people import listed
from bot.domain.refusals import Refused
from bot.domain.timing.hours import Hours
from bot.domain.timing.pace import Targets
from bot.domain.timing.patience import Patience
from bot.domain.timing.retention import LONGEST_DAYS, Clocks
from bot.domain.written import bank_holidays as bank_holidays
from bot.domain.written import database_url, labels, places, rate, without_secrets, zone
from bot.reader.fields import ReaderFields
from bot.watching.fields import WatchingFields
from knowledge.passages import Marking

_WRITTEN: dict[str, Callable[[str], object]] = {
    "ceilings": places,
    "teams_labels": labels,
    "hub_hours": Hours.parse,
    "timezone": zone,
    "holidays": bank_holidays,
    "rate_person": rate,
    "rate_place": rate,
    "rate_client": rate,
    "rate_sign_in": rate,
}
"""Settings that a force writes in words, and what reads them: ValueError says how to write one."""


class SettingsError(Refused):
    """A setting cannot be read; the message names it."""


class Settings(ForceFields, ReaderFields, GraphFields, AudienceFields, OnePersonFields, WatchingFields, BaseSettings):
    """Where everything lives and what the force has filled in."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="ignore")

    data: Path = Field(Path("data"), description="Folder of the library, the hub database and approved advice.")
    database_url: SecretStr | None = Field(None, description="Hub database; hub.db in the data folder if not set.")
    database_connect: float = Field(
        5, gt=0, le=300, description="Seconds for a connection to the database's server, and for an idle one to answer."
    )
    database_wait: float = Field(
        10, gt=0, le=300, description="Seconds to wait for what another program or transaction holds in the database."
    )
    database_statement: float = Field(30, gt=0, le=3600, description="Seconds a server may take for one statement.")
    shared_library: str = Field("", description="Where machines share editions: s3://…, az://…, gs://… or file:///….")
    shared_seconds: float = Field(30, gt=0, le=3600, description="Seconds between two looks at the shared library.")
    local: Path | None = Field(
        None, description="The force's own contacts, limits and links; local.toml in the data folder if not set."
    )
    encoder: str = Field(
        default="all-MiniLM-L6-v2", description="A sentence-transformers model: a name on this machine, or a folder."
    )
    encoder_query_prompt: str = Field(
        "", description="What is put before a question for the encoder, if not what the model says itself."
    )
    encoder_document_prompt: str = Field(
        "", description="What is put before a text for the encoder, if not what the model says itself."
    )
    second_encoder: str = Field("", description="Another such model, with a vote where the margin is thin.")
    reranker: str = Field("", description="A cross-encoder with a vote where the margin is thin; none if not set.")
    hub_contact: str = Field("", description="How to reach the hub when the assistant cannot, e.g. a phone number.")
    wellbeing_line: str = Field("", description="The force's wellbeing line, told to officers who are struggling.")

    hub_hours: str = Field(
        "", description='When the hub is there: "Mon-Fri 08:00-18:00; Sat 09:00-13:00", or "always".'
    )
    timezone: str = Field("Europe/London", description="The hub's time zone.")
    holidays: str = Field("GB-ENG", description='Whose bank holidays the hub keeps, as "GB-ENG"; "none" for none.')
    target_claim: float = Field(
        4, ge=0, le=2000, description="Hub hours within which a request should be taken; 0 for none."
    )
    target_reply: float = Field(
        16, ge=0, le=2000, description="Hub hours within which it should have a reply; 0 for none."
    )
    unresolved_after: float = Field(
        24,
        ge=0,
        le=720,
        description="Hours after which a list of sections that nobody chose from is logged as unresolved; 0 for never.",
    )

    hub_staff: str | None = Field(None, description="Hub staff: comma-separated ids of people or groups.")
    admins: str | None = Field(None, description="Admins: comma-separated ids of people or groups.")
    auditors: str | None = Field(None, description="Auditors: comma-separated ids of people or groups.")
    may_act_for_others: str | None = Field(
        None, description="Accounts that may act --as anyone; hub staff and admins within their own rights if not set."
    )
    signing_key: Path | None = Field(
        None, description="File of the key that signs the record; anchor.key in the data folder if not set."
    )
    anchor_keys: str = Field("", description="Public keys whose anchors are trusted too, comma-separated.")
    host: str = Field("127.0.0.1", description="Where `serve` listens.")
    port: int = Field(8080, ge=0, le=65535, description="Where `serve` listens.")
    public_url: str = Field("", description="The address under which people and platforms reach `serve`.")

    portal_demo: bool = Field(
        False, description="Portal: sample people to sign in as, without a password; on this machine only."
    )
    oidc_issuer: str = Field("", description="Portal: address of the OpenID Connect provider; turns sign-in on.")
    oidc_client_id: str = Field("", description="Portal: client id at the provider.")
    oidc_client_secret: SecretStr | None = Field(None, description="Portal: client secret at the provider.")
    oidc_person_claim: str = Field("oid", description="Portal: the claim that is a person's id; `sub` without it.")
    oidc_groups_claim: str = Field("groups", description="Portal: the claim that lists a person's groups or roles.")

    slack_bot_token: SecretStr | None = Field(None, description="Slack: bot token (xoxb-…); turns Slack on.")
    slack_app_token: SecretStr | None = Field(None, description="Slack: app token (xapp-…), for `socket`.")
    slack_signing_secret: SecretStr | None = Field(None, description="Slack: signing secret, for `serve`.")
    slack_client_id: str = Field("", description="Slack: client id, to be installed in many workspaces.")
    slack_client_secret: SecretStr | None = Field(None, description="Slack: client secret, as above.")
    slack_team_ids: str = Field("", description="Slack: workspaces that may install it; none if not set.")
    slack_hub_channel: str = Field("", description="Slack: id of the hub's channel, where requests are shown.")
    slack_api_url: str = Field("https://slack.com/api/", description="Slack: where its Web API is.")

    teams_client_id: str = Field("", description="Teams: the app's (client) id; with secret and tenant turns Teams on.")
    teams_client_secret: SecretStr | None = Field(None, description="Teams: the app's client secret.")
    teams_tenant_id: str = Field("", description="Teams: the tenants that are served, comma-separated.")
    teams_hub_conversation: str = Field("", description="Teams: conversation id of the hub's channel.")
    teams_cloud: Literal["public", "gcch", "dod", "china"] = Field(
        "public", description="Teams: the Microsoft cloud that the force is in."
    )
    teams_openid_metadata_url: str = Field(
        "",
        description="Teams: whose keys sign its messages; those of its cloud if not set.",
    )
    teams_graph_url: str = Field(
        "", description="Teams: where it is asked who is in a group that has a role; Microsoft's if not set."
    )
    teams_labels: str = Field(
        "",
        description='Teams: ids of sensitivity labels, as "OFFICIAL=…,OFFICIAL-SENSITIVE=…"; none if not set.',
    )

    guests: bool = Field(False, description="Whether guests of Slack workspaces are answered as colleagues are.")
    ceiling: Marking = Field(Marking.OFFICIAL_SENSITIVE, description="The highest marking shown anywhere.")
    ceilings: str = Field("", description='Lower ceilings: "slack=OFFICIAL,teams=OFFICIAL", or "slack:C0123=OFFICIAL".')
    rate_person: str = Field("30/minute", description="Questions a person may ask; not counted in a terminal.")
    rate_place: str = Field("120/minute", description="Questions that may be asked in one place.")
    rate_client: str = Field("600/minute", description="Calls of the API that a program may make.")
    rate_sign_in: str = Field("600/minute", description="Steps of signing in to the portal from one network address.")
    keep_editions: int = Field(10, ge=0, description="Editions that are kept on disk; 0 is all.")
    most_removed: int = Field(
        20, ge=0, le=100, description="Percent of a source's documents that may go at once unless an admin says why."
    )
    retain_questions: int = Field(90, ge=0, le=LONGEST_DAYS, description="Days a question's text is kept; 0: for good.")
    retain_replies: int = Field(365, ge=0, le=LONGEST_DAYS, description="Days the text of a reply is kept.")
    retain_requests: int = Field(
        730, ge=0, le=LONGEST_DAYS, description="Days a request is kept that is closed or withdrawn."
    )
    retain_learning: int = Field(365, ge=0, le=LONGEST_DAYS, description="Days progress on learning paths is kept.")
    retain_audit: int = Field(0, ge=0, le=LONGEST_DAYS, description="Days the record is kept; 0 is for good.")

    @field_validator("data", mode="before")
    @classmethod
    def _is_a_folder(cls, data: object) -> object:
        return data or "data"  # set to nothing it is not set: nobody means the folder they happen to stand in

    @field_validator(*_WRITTEN)
    @classmethod
    def _can_be_read(cls, text: str, about: ValidationInfo) -> str:
        _WRITTEN[str(about.field_name)](text)
        return text

    @field_validator("database_url")
    @classmethod
    def _database_can_be_one(cls, url: SecretStr | None) -> SecretStr | None:
        return SecretStr(database_url(url.get_secret_value().strip())) if url is not None else None

    @classmethod
    def read(cls, data: Path | None = None, **given: Any) -> Settings:
        """The settings of this environment; `data` overrules where everything lives, `given` any other.

        Raises:
            SettingsError: one of them cannot be read.
        """
        try:
            return cls(data=data, **given) if data else cls(**given)
        except ValidationError as error:
            first = error.errors()[0]
            told = first["msg"].removeprefix("Value error, ")
            if not first["loc"]:  # several settings that do not go together: the sentence names them
                raise SettingsError(told) from error
            raise SettingsError(f"{PREFIX}{str(first['loc'][0]).upper()} is wrong: {told}.") from error

    @property
    def targets(self) -> Targets:
        """When a request should be taken and replied to."""
        hours = Hours.parse(self.hub_hours, ZoneInfo(self.timezone), bank_holidays(self.holidays))
        return Targets(hours, self.target_claim, self.target_reply)

    @property
    def portal_on(self) -> bool:
        """Whether the portal is served: people can sign in, or it is a demonstration."""
        return self.portal_demo or bool(self.oidc_issuer)

    @property
    def slack_on(self) -> bool:
        """Whether Slack's credentials are there: one workspace's token, or what it takes to be installed in many."""
        return self.slack_bot_token is not None or bool(self.slack_client_id and self.slack_client_secret)

    @property
    def slack_teams(self) -> tuple[str, ...]:
        """Ids of the workspaces that may install the app, where it is installed in many."""
        return tuple(name.strip() for name in self.slack_team_ids.split(",") if name.strip())

    @property
    def teams_on(self) -> bool:
        """Whether Teams' credentials are there, all of them."""
        return bool(self.teams_client_id and self.teams_client_secret and self.teams_tenants)

    @property
    def teams_tenants(self) -> tuple[str, ...]:
        """The tenants that are served, in lower case; the app's own is the first."""
        return tuple(name.strip().lower() for name in self.teams_tenant_id.split(",") if name.strip())

    @property
    def teams_label_ids(self) -> dict[str, str]:
        """Ids of sensitivity labels by marking."""
        return labels(self.teams_labels)

    @property
    def boards(self) -> tuple[Place, ...]:
        """The hub's channels, of the platforms that are on."""
        slack = Place("slack", self.slack_hub_channel) if self.slack_on and self.slack_hub_channel else None
        teams = Place("teams", self.teams_hub_conversation) if self.teams_on and self.teams_hub_conversation else None
        return tuple(filter(None, (slack, teams)))

    @property
    def library(self) -> Path:
        """The folder of editions."""
        return self.data / "library"

    @property
    def cues(self) -> Path:
        """The folder of the force's own cues."""
        return self.data / "cues"

    @property
    def local_file(self) -> Path:
        """The file with what the force has filled in; it need not exist."""
        return self.local or self.data / "local.toml"

    @property
    def hub(self) -> Path | str:
        """Path of the hub database, or its address."""
        return self.database_url.get_secret_value() if self.database_url else self.data / "hub.db"

    @property
    def patience(self) -> Patience:
        """How long the hub database may keep an officer waiting."""
        return Patience(self.database_connect, self.database_wait, self.database_statement)

    @property
    def signing_key_file(self) -> Path:
        """Where the key is that signs the record; it need not be there yet."""
        return self.signing_key or self.data / "anchor.key"

    @property
    def trusted_keys(self) -> frozenset[str]:
        """Public keys whose anchors are trusted beside the installation's own."""
        return listed(self.anchor_keys)

    @property
    def clocks(self) -> Clocks:
        """How long what is kept."""
        return Clocks(
            self.retain_questions, self.retain_replies, self.retain_requests, self.retain_learning, self.retain_audit
        )

    @property
    def place_ceilings(self) -> dict[str, Marking]:
        """Platform or place to the highest marking shown there; Slack and Teams are OFFICIAL unless set."""
        return {"slack": Marking.OFFICIAL, "teams": Marking.OFFICIAL, **places(self.ceilings)}

    def explained(self) -> list[tuple[str, str, str]]:
        """Name, value (secrets hidden) and origin of each setting."""
        names = type(self).model_fields
        return [(f"{PREFIX}{name.upper()}", _shown(name, getattr(self, name)), self.origin(name)) for name in names]


def _shown(name: str, value: object) -> str:
    text = "" if value is None else str(value)
    return without_secrets(text) if name.endswith(("_url", "_issuer")) and isinstance(value, str) else text
