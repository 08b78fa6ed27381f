"""Settings of the gateway: environment, prefixed CXM_GATEWAY_."""

from pathlib import Path

from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Where the gateway listens, where the services are, and the keys."""

    model_config = SettingsConfigDict(env_prefix="CXM_GATEWAY_")

    host: str = "127.0.0.1"
    port: int = 8000
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
    oidc_algorithms: tuple[str, ...] = ("RS256", "ES256", "EdDSA")
    """How the provider signs, as a JSON list."""
    nats_url: str | None = None
    """nats://user:password@host:port, for subscriptions; absent: they are answered UNAVAILABLE."""
    otlp_endpoint: str | None = None
    """host:port of an OTLP collector (plain gRPC); absent: no traces."""

    @property
    def addresses(self) -> dict[str, str]:
        """gRPC address by service name."""
        return {
            "profile": self.profile_address,
            "survey": self.survey_address,
            "metrics": self.metrics_address,
            "employee_exp": self.employee_exp_address,
        }
