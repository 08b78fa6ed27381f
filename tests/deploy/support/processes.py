"""The processes that the chart runs, by component, and which of their settings values give by name."""

from typing import Final

from gateway.config import Settings as GatewaySettings
from services.employee_exp.config import Settings as EmployeeSettings
from services.kit.config import ProcessSettings
from services.metrics.config import Settings as MetricsSettings
from services.profile.config import Settings as ProfileSettings
from services.survey.config import Settings as SurveySettings

SETTINGS: Final[dict[str, type[ProcessSettings]]] = {
    "gateway": GatewaySettings,
    "profile": ProfileSettings,
    "survey": SurveySettings,
    "metrics": MetricsSettings,
    "employee-exp": EmployeeSettings,
}
GIVEN: Final = frozenset(
    {
        "allowed_origins",
        "broker_monitoring_url",
        "client_address_header",
        "database_url",
        "employee_exp_address",
        "health_address",
        "host",
    }
    | {
        "import_key_file",
        "issuer_keys_file",
        "key_file",
        "link_key_file",
        "listen",
        "mail_from",
        "mail_url",
    }
    | {
        "metrics_address",
        "nats_url",
        "oidc_algorithms",
        "oidc_audience",
        "oidc_client_id",
        "oidc_client_secret",
    }
    | {"oidc_issuer", "oidc_scopes", "otlp_endpoint", "port", "profile_address", "public_address"}
    | {
        "read_database_url",
        "release_database_url",
        "seal_key_file",
        "session_hours",
        "session_idle_minutes",
    }
    | {
        "stream_bytes",
        "stream_replicas",
        "survey_address",
        "time_zone",
        "trusted_keys_file",
        "trusted_proxies",
    }
    | {"customer_key_file", "erasure_journal_dir", "wave_keys_dir"}
    | {"documents", "mode"}
)
"""Settings that the chart gives from its own values or the Secret."""
NEVER: Final = frozenset({"clock_file", "oidc_client_secret_file"})
"""Settings that nobody sets through the chart: for a made history; another way to give a secret."""


def variable(component: str, setting: str) -> str:
    """The environment variable of a setting."""
    return f"{SETTINGS[component].model_config.get('env_prefix', '')}{setting.upper()}"


def open_settings(component: str) -> frozenset[str]:
    """Settings that values give under components.NAME.settings."""
    return frozenset(SETTINGS[component].model_fields) - GIVEN - NEVER
