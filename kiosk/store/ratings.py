"""The drawer of 好差评: how many people of a day gave how many points. No filing, no person, no hour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kiosk.errors import KioskBug
from kiosk.store.connect import Database

CREATE = """
CREATE TABLE rating(
  day TEXT NOT NULL,
  points INTEGER NOT NULL CHECK (points BETWEEN 1 AND 5),
  people INTEGER NOT NULL,
  PRIMARY KEY (day, points)
) STRICT, WITHOUT ROWID;
"""
POINTS = range(1, 6)


@dataclass(frozen=True, slots=True)
class Ratings:
    db: Database

    def add(self, day: date, points: int) -> None:
        if points not in POINTS:
            raise KioskBug("a rating is one to five")
        self.db.execute(
            "INSERT INTO rating(day, points, people) VALUES (?, ?, 1)"
            " ON CONFLICT(day, points) DO UPDATE SET people = people + 1",
            [day.isoformat(), points],
        )

    def of(self, day: date) -> dict[int, int]:
        """How many people gave how many points that day."""
        rows = self.db.execute("SELECT points, people FROM rating WHERE day = ?", [day.isoformat()]).fetchall()
        return {points: dict(rows).get(points, 0) for points in POINTS}
