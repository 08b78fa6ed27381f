"""What the broker's own monitoring says of its settings: no client is told them."""

import asyncio
import json
from typing import Any, Final
from urllib.request import urlopen

from services.kit.numbers import metering

ASK_SECONDS: Final = 2.0
MOST_BYTES: Final = 1024**2

_SYNC_ALWAYS = metering.gauge(
    "cxm.broker.sync_always",
    unit="{claim}",
    meaning="1 where the broker writes to the disk before it acknowledges, 0 where a power cut may lose what it did.",
)


async def look_at_broker(monitoring_urls: str) -> None:
    """Show whether the broker syncs always, as `sync_interval: always` makes it: every node that is named, separated by
    commas. OSError while one does not answer."""
    asking = (asyncio.to_thread(_ask, url.strip()) for url in monitoring_urls.split(","))
    _SYNC_ALWAYS.set(float(all(map(_syncs_always, await asyncio.gather(*asking)))))


def _ask(monitoring_url: str) -> dict[str, Any]:
    with urlopen(f"{monitoring_url.rstrip('/')}/varz", timeout=ASK_SECONDS) as reply:
        try:
            return dict(json.loads(reply.read(MOST_BYTES)))
        except ValueError as error:
            raise OSError("this is not the monitoring of a broker") from error


def _syncs_always(settings: dict[str, Any]) -> bool:
    return settings.get("jetstream", {}).get("config", {}).get("sync_always", False) is True
