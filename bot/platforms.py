"""Which platforms there are, which are on, and what each brings: the one place that names them all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot import wording
from bot.domain.letters import Courier
from bot.edges.edge import Edge
from bot.settings import Settings, SettingsError
from bot.terminal.mail import InboxCourier

if TYPE_CHECKING:
    from bot.app import Hub
    from bot.slack.edge import SlackEdge


@dataclass(frozen=True, slots=True)
class Platform:
    """One platform that people talk in; its packages are only imported where it is on."""

    name: str
    """As in Place.platform."""
    title: str
    is_on: Callable[[Settings], bool]
    edge: Callable[[Hub], Edge]
    courier: Callable[[Hub], Courier]
    check: Callable[[Hub, bool], str]
    """What `doctor` found good, or a refusal; it posts to the hub's channel where it is told to."""
    missing: Callable[[Settings], tuple[bool, str]]
    """For one that is off: whether nothing of it is set, and how it is turned on."""


def _slack_edge(hub: Hub) -> SlackEdge:
    from bot.slack.edge import SlackEdge

    return SlackEdge(hub)


def _slack_courier(hub: Hub) -> Courier:
    from bot.slack.courier import SlackCourier
    from bot.slack.workspaces import Workspaces

    workspaces = Workspaces(hub.settings, hub.records)
    return SlackCourier(workspaces, hub.records, hub.ceilings, hub.settings.slack_api_url)


def _slack_check(hub: Hub, post: bool) -> str:
    from bot.slack.checking import check

    return check(hub.settings, post=post)


def _teams_edge(hub: Hub) -> Edge:
    try:
        from bot.teams.edge import TeamsEdge
    except ImportError as error:
        raise SettingsError(wording.TEAMS_NEEDS) from error
    return TeamsEdge(hub)


def _teams_courier(hub: Hub) -> Courier:
    from bot.teams.courier import TeamsCourier

    return TeamsCourier(hub.settings, hub.records, hub.office.roles, hub.ceilings)


def _teams_check(hub: Hub, post: bool) -> str:
    from bot.teams.checking import check

    def service() -> str:
        met = hub.records.people.newest("teams")
        return met.service if met else ""

    return check(hub.settings, service, post=post)


def _teams_missing(settings: Settings) -> tuple[bool, str]:
    """A part of the credentials alone turns nothing on, and that is worth knowing."""
    parts = {
        "CLIENT_ID": bool(settings.teams_client_id),
        "CLIENT_SECRET": settings.teams_client_secret is not None,
        "TENANT_ID": bool(settings.teams_tenants),
    }
    missing = ", ".join(f"PREVENTION_HUB_TEAMS_{name}" for name, there in parts.items() if not there)
    return not any(parts.values()), f"Set {missing} to turn it on."


def _portal_edge(hub: Hub) -> Edge:
    from bot.portal.edge import PortalEdge

    return PortalEdge(hub)


def _api_edge(hub: Hub) -> Edge:
    """Programs act for people who have the portal: what they ask is answered there too."""
    from bot.api.edge import ApiEdge

    return ApiEdge(hub)


def _portal_check(hub: Hub, post: bool) -> str:
    from bot.portal.checking import check

    return check(hub.settings)


PLATFORMS = (
    Platform(
        "portal",
        "Portal",
        lambda settings: settings.portal_on,
        _portal_edge,
        lambda hub: InboxCourier(hub.records),
        _portal_check,
        lambda settings: (True, "Set PREVENTION_HUB_OIDC_ISSUER to turn it on."),
    ),
    Platform(
        "slack",
        "Slack",
        lambda settings: settings.slack_on,
        _slack_edge,
        _slack_courier,
        _slack_check,
        lambda settings: (True, "Set PREVENTION_HUB_SLACK_BOT_TOKEN to turn it on."),
    ),
    Platform(
        "teams",
        "Teams",
        lambda settings: settings.teams_on,
        _teams_edge,
        _teams_courier,
        _teams_check,
        _teams_missing,
    ),
)


def edges_of(hub: Hub) -> list[Edge]:
    """The platforms whose credentials are there."""
    edges = [one.edge(hub) for one in PLATFORMS if one.is_on(hub.settings)]
    return [*edges, _api_edge(hub)] if hub.settings.portal_on else edges


def couriers_of(hub: Hub) -> dict[str, Courier]:
    """One for each kind of place that is switched on; given back when the hub is closed."""
    couriers: dict[str, Courier] = {"terminal": InboxCourier(hub.records)}
    couriers |= {one.name: one.courier(hub) for one in PLATFORMS if one.is_on(hub.settings)}
    hub.closes += [courier.close for courier in couriers.values()]
    return couriers


def socket_edge(hub: Hub) -> SlackEdge:
    """Slack without a public address."""
    return _slack_edge(hub)


def title_of(name: str) -> str:
    """What people call a platform."""
    return next((one.title for one in PLATFORMS if one.name == name), name)
