"""The authorization code flow with PKCE: the addresses a browser is sent to, and the code for a token.

Sources: RFC 6749, 4.1; RFC 7636; RFC 9207; OpenID Connect Core 1.0, 3.1; RP-Initiated Logout 1.0.
"""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

import httpx
import structlog

from gateway.calls.oidc.identity_provider import IdentityProvider
from services.kit.errors import Unauthenticated, Unavailable
from services.kit.rights.identities import Identity, Logout

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class CodeFlow:
    """The gateway as a client of the provider; without a secret it is a public one."""

    provider: IdentityProvider
    client: str
    secret: str | None
    scopes: str
    redirect_uri: str

    async def authorization_url(self, state: str, nonce: str, verifier: str) -> str:
        """Where a sign-in begins; Unavailable while the provider cannot be asked."""
        digest = hashlib.sha256(verifier.encode()).digest()
        asked = {
            "response_type": "code",
            "client_id": self.client,
            "redirect_uri": self.redirect_uri,
            "scope": self.scopes,
            "state": state,
            "nonce": nonce,
            "code_challenge": base64.urlsafe_b64encode(digest).decode().rstrip("="),
            "code_challenge_method": "S256",
        }
        return _with(await self._endpoint("authorization_endpoint"), asked)

    async def check_issuer(self, issuer: str | None) -> None:
        """Unauthenticated where the answer names another issuer, or none though the provider always names one."""
        document = await self.provider.discovered()
        is_promised = document.get("authorization_response_iss_parameter_supported") is True
        if issuer != self.provider.issuer and (issuer is not None or is_promised):
            raise Unauthenticated("the answer is of another provider", reason="WRONG_ISSUER")

    async def redeem(self, code: str, verifier: str, nonce: str) -> Identity:
        """Who has signed in; Unauthenticated for a code or a token that does not hold."""
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.redirect_uri,
            "client_id": self.client,
            "code_verifier": verifier,
        }
        url = await self._endpoint("token_endpoint")
        try:
            reply = await self.provider.fetch("POST", url, **await self._authenticated(form))
            token = reply["id_token"]
        except httpx.HTTPStatusError as error:
            if error.response.status_code < 500:
                log.warning("code not redeemed", status=error.response.status_code)
                message = "the identity provider does not take this sign-in: start again"
                raise Unauthenticated(message, reason="CODE_REFUSED") from error
            raise _away() from error
        except httpx.HTTPError as error:
            raise _away() from error
        except (ValueError, KeyError, TypeError) as error:
            message = "the identity provider gave no ID token: is openid among the scopes?"
            raise Unauthenticated(message, reason="NO_ID_TOKEN") from error
        return await self.provider.read_id_token(str(token), self.client, nonce)

    async def read_logout(self, token: str) -> Logout:
        """Whose sessions the provider has ended; Unauthenticated for a token that does not hold."""
        return await self.provider.read_logout_token(token, self.client)

    async def end_session_url(self, return_to: str) -> str | None:
        """Where the session at the provider is ended; None where it has no such address."""
        document = await self.provider.discovered()
        endpoint = document.get("end_session_endpoint")
        asked = {"client_id": self.client, "post_logout_redirect_uri": return_to}
        return _with(str(endpoint), asked) if endpoint else None

    async def _endpoint(self, name: str) -> str:
        document = await self.provider.discovered()
        if name not in document:
            raise Unavailable(f"the identity provider does not tell its {name}")
        return str(document[name])

    async def _authenticated(self, form: Mapping[str, str]) -> dict[str, Any]:
        """The form with the client's secret, where there is one, as the provider takes it (Core, 9)."""
        if self.secret is None:
            return {"data": dict(form)}
        document = await self.provider.discovered()
        methods = document.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        if "client_secret_basic" in methods:
            return {"data": dict(form), "auth": (quote(self.client, ""), quote(self.secret, ""))}
        return {"data": {**form, "client_secret": self.secret}}


def _with(url: str, asked: Mapping[str, str]) -> str:
    return f"{url}{'&' if '?' in url else '?'}{urlencode(asked)}"


def _away() -> Unavailable:
    return Unavailable("the identity provider cannot be asked now: try again")
