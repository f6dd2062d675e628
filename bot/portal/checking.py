"""What `doctor` says about the portal."""

from __future__ import annotations

from bot.portal.rendering import MissingAssets, Renderer
from bot.settings import Settings, SettingsError

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


def check(settings: Settings) -> str:
    """What was found good. SettingsError, with the remedy, where the portal cannot be served like this."""
    if settings.portal_demo and settings.host not in LOOPBACK:
        raise SettingsError("A demonstration has no passwords: it is served on this machine only (--host 127.0.0.1).")
    if not settings.portal_demo and (settings.oidc_client_secret is None or not settings.oidc_client_id):
        raise SettingsError("Sign-in needs PREVENTION_HUB_OIDC_CLIENT_ID and PREVENTION_HUB_OIDC_CLIENT_SECRET.")
    try:
        version = Renderer(settings.timezone).version
    except MissingAssets as error:
        raise SettingsError(str(error)) from error
    signing_in = "sample people" if settings.portal_demo else settings.oidc_issuer
    return f"sign-in by {signing_in}; assets {version}"
