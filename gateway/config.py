"""Settings of the gateway: environment, prefixed CXM_GATEWAY_."""

import re
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import SettingsConfigDict

from services.kit.config import ProcessSettings


class Settings(ProcessSettings):
    """Where the gateway listens, where the services are, and the keys."""

    model_config = SettingsConfigDict(env_prefix="CXM_GATEWAY_")

    host: str = "127.0.0.1"
    port: int = 8000
    health_address: str | None = None
    """host:port or unix:/path of a listener for /healthz, /readyz and /metrics (Prometheus) alone, which clients cannot
    fill; absent: health is answered at `port` only, and numbers nowhere."""
    connections: int = Field(4_096, ge=1)
    """In all, WebSockets too."""
    connections_per_address: int = Field(512, ge=1)
    """Of one address (of IPv6: one /64). Behind proxies: requests and WebSockets under way of one client."""
    header_seconds: float = Field(10.0, gt=0, le=60)
    """For all headers of a request to arrive, and for the first ones of a connection."""
    trusted_proxies: int = Field(0, ge=0, le=10)
    """How many proxies of our own a request passes; each appends to `client_address_header` whom it was called by."""
    client_address_header: str = "x-forwarded-for"
    """Read only with `trusted_proxies`."""
    anonymous_items: int = Field(20, ge=1, le=1_000)
    """Responses, corrections and withdrawals that one call without a token may hold."""
    anonymous_burst: int = Field(60, ge=1)
    """Responses to one survey that one address (of IPv6: one /64) may send at once without a token."""
    anonymous_rate: float = Field(1.0, gt=0)
    """So many more a second. To all surveys together: four times both."""
    imports_at_once: int = Field(16, ge=1)
    """Uploads under way, of all kinds; a service takes 4 (`CXM_<SERVICE>_IMPORTS_AT_ONCE`)."""
    exports_at_once: int = Field(4, ge=1)
    files_per_subject: int = Field(2, ge=1)
    """Imports of one subject under way, and as many exports."""
    file_still_seconds: float = Field(30.0, gt=0)
    """A client that sends or takes nothing for so long loses its place."""
    file_least_bytes_a_second: int = Field(16 * 1024, ge=1)
    """And one that is slower than this, once it was waited for 30 s."""
    upload_seconds: float = Field(3_600.0, gt=0)
    """For a whole file to arrive."""
    export_seconds: float = Field(1_800.0, gt=0)
    """For a whole file to be made and taken."""
    anonymous_values_burst: int = Field(30_000, ge=25_000)
    """Values (gateway/README.md, Limits) that one address may ask for at once without a token; no less than the largest
    request counts."""
    anonymous_values_rate: float = Field(5_000.0, gt=0)
    """So many more a second."""
    subject_values_burst: int = Field(400_000, ge=300_000)
    """The same for a subject, with all its tokens and browsers."""
    subject_values_rate: float = Field(25_000.0, gt=0)
    """About a quarter of a core."""
    response_cache_seconds: float = Field(60.0, ge=0, le=60)
    """For how long the answer to a query of scores is kept for all who have the same rights, unless the scores change
    meanwhile; 0: not at all."""
    allowed_origins: frozenset[str] = frozenset()
    """Whose pages may call the API from a browser, as a JSON list: ["https://cx.example.org"]; `*` is not taken."""
    mode: Literal["default", "hardened"] = "default"
    """`hardened`: only trusted documents run, the schema is not told, and there is no explorer."""
    documents: tuple[Path, ...] = ()
    """Manifests of documents that are trusted, or folders of them, as a JSON list: ["/etc/cxm/documents/app.json"]."""
    profile_address: str
    """gRPC address: host:port, or unix:/path."""
    survey_address: str
    metrics_address: str
    employee_exp_address: str
    key_file: Path
    """Private JWK of the gateway; signs the tokens that services read, and seals cursors."""
    issuer_keys_file: Path
    """Public JWK set of the embedded issuer, one key."""
    oidc_issuer: str | None = None
    """https:// address of the organisation's identity provider, as its tokens name it; absent: there is none."""
    oidc_audience: str = "cxm"
    """What the provider's tokens must name as their audience."""
    oidc_client_id: str | None = None
    """By which the provider knows the gateway, so that browsers sign in with it; needs `public_address` too."""
    oidc_client_secret: SecretStr | None = None
    oidc_client_secret_file: Path | None = None
    """The client's secret, or a file with it; neither: a public client, by PKCE alone."""
    oidc_scopes: str = "openid profile email"
    oidc_algorithms: tuple[str, ...] = ("RS256", "ES256", "EdDSA")
    """How the provider signs, as a JSON list."""
    public_address: str | None = None
    """https:// address under which browsers reach the gateway, e.g. https://cx.example.org; http:// only on this
    machine. Absent: no browser signs in."""
    nats_url: str | None = None
    """nats://user:password@host:port, for subscriptions; of a cluster some or all nodes, separated by commas. Absent:
    subscriptions are answered UNAVAILABLE."""
    web: Path = Path(__file__).parent / "web" / "dist"
    """The built pages; without them the gateway serves the API alone."""
    otlp_endpoint: str | None = None
    """host:port of an OTLP collector (plain gRPC); absent: no traces, and neither numbers nor logs are sent."""

    @field_validator("allowed_origins")
    @classmethod
    def _are_origins(cls, origins: frozenset[str]) -> frozenset[str]:
        for origin in origins:
            if not re.fullmatch(r"https?://[^/*\s]+", origin):
                raise ValueError(
                    f"{origin!r} is no origin: write https://host or https://host:port"
                )
        return origins

    @model_validator(mode="after")
    def _takes_a_whole_call(self) -> Self:
        if self.anonymous_burst < self.anonymous_items:
            raise ValueError("anonymous_burst must be at least anonymous_items")
        return self

    @model_validator(mode="after")
    def _parts_programs_from_browsers(self) -> Self:
        if self.oidc_client_id is not None and self.oidc_client_id == self.oidc_audience:
            raise ValueError(
                f"oidc_client_id and oidc_audience are both {self.oidc_audience!r}: tokens of a sign-in would be taken "
                "for tokens of programs; give programs an audience of their own"
            )
        return self

    @field_validator("public_address")
    @classmethod
    def _is_address(cls, address: str | None) -> str | None:
        loopback = r"http://(127\.0\.0\.1|localhost|\[::1\])(:\d+)?"
        if address is not None and not re.fullmatch(rf"https://[^/*\s]+|{loopback}", address):
            raise ValueError(f"{address!r} is no address for browsers: write https://host")
        return address

    @property
    def client_secret(self) -> str | None:
        """The secret that the identity provider shares with the gateway."""
        if self.oidc_client_secret is not None:
            return self.oidc_client_secret.get_secret_value()
        file = self.oidc_client_secret_file
        return None if file is None else file.read_text().strip()

    @property
    def addresses(self) -> dict[str, str]:
        """gRPC address by service name."""
        return {
            "profile": self.profile_address,
            "survey": self.survey_address,
            "metrics": self.metrics_address,
            "employee_exp": self.employee_exp_address,
        }
