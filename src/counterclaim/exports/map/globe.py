"""From longitude and latitude to a flat sheet: Lambert's conformal cone through the middle, Mercator near the equator.

Both keep angles; a unit of the sheet is a kilometre in the middle of the map.
"""

from __future__ import annotations

import math

#: The Earth's radius in kilometres (IUGG mean).
RADIUS = 6371.0088
#: Up to this latitude the cone is so flat that Mercator is as good.
_FLAT = 8.0
#: Points further from the middle than this, in degrees of longitude, are not on the sheet.
FARTHEST = 60.0
Point = tuple[float, float]


class Globe:
    """The projection of one map. `flat` gives kilometres east and south of the middle."""

    def __init__(self, lon: float, lat: float) -> None:
        self.lon, self.lat = lon, max(-80.0, min(80.0, lat))
        self._n = math.sin(math.radians(self.lat)) if abs(self.lat) > _FLAT else 0.0
        phi = math.radians(self.lat)
        if self._n:
            self._f = math.cos(phi) * math.tan(math.pi / 4 + phi / 2) ** self._n / self._n
            self._rho = RADIUS * self._f / math.tan(math.pi / 4 + phi / 2) ** self._n
        else:
            self._y = math.log(math.tan(math.pi / 4 + phi / 2))

    def flat(self, lon: float, lat: float) -> Point:
        """Kilometres east and south."""
        east = math.radians((lon - self.lon + 180) % 360 - 180)
        phi = math.radians(max(-88.0, min(88.0, lat)))
        tangent = math.tan(math.pi / 4 + phi / 2)
        if not self._n:
            squeeze = math.cos(math.radians(self.lat))
            return RADIUS * squeeze * east, RADIUS * squeeze * (self._y - math.log(tangent))
        rho = RADIUS * self._f / tangent**self._n
        return rho * math.sin(self._n * east), rho * math.cos(self._n * east) - self._rho

    def round(self, x: float, y: float) -> Point:
        """Longitude and latitude of a point of the sheet."""
        if not self._n:
            squeeze = math.cos(math.radians(self.lat))
            tangent = math.exp(self._y - y / (RADIUS * squeeze))
            return self.lon + math.degrees(x / (RADIUS * squeeze)), math.degrees(2 * math.atan(tangent) - math.pi / 2)
        sign = math.copysign(1.0, self._n)
        rho = sign * math.hypot(x, self._rho + y)
        east = math.atan2(sign * x, sign * (self._rho + y)) / self._n
        tangent = (RADIUS * self._f / rho) ** (1 / self._n)
        return self.lon + math.degrees(east), math.degrees(2 * math.atan(tangent) - math.pi / 2)
