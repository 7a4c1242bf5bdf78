"""The tree of territories by OKTMO: Russia, its regions, their municipalities, the settlements within.

Codes are strings. ``RUSSIA`` is "0"; a region and a municipality carry the eight digits of OKTMO
("95000000" Республика Хакасия, "95708000" город Саяногорск); a settlement carries eleven digits, or
"g" and its GeoNames number where OKTMO is not at hand.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

RUSSIA = "0"
EARTH_RADIUS_KM = 6371.0


class TerritoryKind(StrEnum):
    COUNTRY = "country"
    REGION = "region"
    MUNICIPALITY = "municipality"
    SETTLEMENT = "settlement"


@dataclass(frozen=True, slots=True)
class Territory:
    code: str
    kind: TerritoryKind
    name: str
    """Official: «Гиагинский муниципальный район»."""
    short_name: str
    """As people say it where they know the region: «Гиагинский район», «Саяногорск»."""
    parent: str | None
    time_zone: str
    """IANA name."""
    centre: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    population: int = 0


def distance_km(latitude: float, longitude: float, other: Territory) -> float:
    """Great-circle distance to a territory's centre in kilometres; infinite where its place is not known."""
    if other.latitude is None or other.longitude is None:
        return math.inf
    a, b = math.radians(latitude), math.radians(other.latitude)
    half_lon = math.radians(other.longitude - longitude) / 2
    haversine = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, haversine)))


def nearest(latitude: float, longitude: float, territories: Iterable[Territory]) -> Territory | None:
    """The territory whose centre is nearest; None where there is none with coordinates."""
    return min(territories, key=lambda t: distance_km(latitude, longitude, t), default=None)
