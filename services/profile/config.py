"""Settings of profile: environment variables CXM_PROFILE_*."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from services.kit.config import ImportingSettings, ServiceSettings


class Settings(ServiceSettings, ImportingSettings):
    """What every service needs, and the organisation's days."""

    model_config = SettingsConfigDict(env_prefix="CXM_PROFILE_")

    customer_key_file: Path
    """32 random bytes, in hex, under which identifiers of customers are hashed: the same file as survey's."""
    seal_key_file: Path
    """32 random bytes, in hex, under which identifiers and attributes of customers are sealed; with another key nobody
    reads them."""
    erasure_journal_dir: Path
    """A directory outside the database, and in no backup of it that a restore brings back, for the journal of erasures.
    All replicas share it."""
    phone_country: str = Field("", pattern="^([A-Z]{2})?$")
    """Of phone numbers without a prefix, ISO 3166, e.g. LV; empty: such numbers are refused. Another one later parts
    those that were stored without a prefix from the same written again."""
    currency: str = Field("EUR", pattern="^[A-Z]{3}$")
    """Of all amounts, ISO 4217, e.g. EUR. Amounts that are stored stay as they are: another one means them too."""
    interaction_months: int = Field(24, ge=1, le=120)
    """Interactions are kept for so many months beside the present one; older ones are refused, and dropped by month."""
    interaction_details_months: int = Field(13, ge=1, le=120)
    """And their details for so many."""
    time_zone: str = "UTC"
    """IANA name of the zone in which days are counted; fixed at the first start."""
    session_idle_minutes: int = Field(60, ge=5)
    """A browser's session ends after so long without a request."""
    session_hours: int = Field(12, ge=1, le=24 * 7)
    """And after so long in any case."""
