"""Where a sheet of paper lies in a picture: its four corners, or that none was found.

A sheet is brighter than the desk under it. The picture is made small and split into bright and dark (Otsu 1979), the
largest bright patch is taken, the hull of that patch is worn down to four sides, and each side is drawn again through
the rim of the patch. What does not look like a sheet is not one: then the picture is kept whole. Only numpy.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import atan2, degrees, hypot

import numpy as np
import numpy.typing as npt

Gray = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.bool_]
Point = tuple[float, float]
Quad = tuple[Point, Point, Point, Point]  # top left, top right, bottom right, bottom left, as the sheet lies

LEAST_SHARE = 0.03  # of the picture; an identity card in the middle of an A4 field has 0.07
MOST_SHARE = 0.95  # the sheet fills the picture: there is no edge to find
LEAST_FILL = 0.86  # of the four corners' area that is bright
LEAST_STEP = 18  # in brightness, between sheet and desk
EDGE = 0.012  # of a side: so near the rim of the picture it is cut


@dataclass(frozen=True, slots=True)
class Sheet:
    corners: Quad  # in shares of width and height
    tilt_degrees: float  # how far its upper edge leans
    cut: bool  # one of its edges is outside the picture


def find_sheet(gray: Gray) -> Sheet | None:
    """The sheet in this small grey picture (some 400 pixels high), if one is there."""
    height, width = gray.shape
    level, step = _split(gray)
    if step < LEAST_STEP:
        return None
    patch = _largest(_smooth(gray) > level)
    if patch is None or not LEAST_SHARE <= patch.mean() <= MOST_SHARE:
        return None
    rim = _rim(patch)
    corners = _four(_hull(rim))
    if corners is None:
        return None
    corners = _through_rim(corners, rim)
    if corners is None or not _is_sheet(corners, patch):
        return None
    quad = _from_top_left(corners)
    (left, top), (right, top_right) = quad[0], quad[1]
    shares = tuple((min(1.0, max(0.0, x / (width - 1))), min(1.0, max(0.0, y / (height - 1)))) for x, y in quad)
    return Sheet(shares, degrees(atan2(top_right - top, right - left)), _is_cut(patch))  # type: ignore[arg-type]


def _split(gray: Gray) -> tuple[float, float]:
    """Otsu's level, and how far apart the two sides of it are."""
    counts = np.bincount(gray.ravel(), minlength=256).astype(float)
    below = np.cumsum(counts)
    weighed = np.cumsum(counts * np.arange(256))
    above = below[-1] - below
    with np.errstate(divide="ignore", invalid="ignore"):
        dark = weighed / below
        bright = (weighed[-1] - weighed) / above
        between = np.where((below > 0) & (above > 0), below * above * (bright - dark) ** 2, 0.0)
    at = int(np.argmax(between))
    return at + 0.5, float(bright[at] - dark[at]) if between[at] > 0 else 0.0


def _smooth(gray: Gray) -> npt.NDArray[np.float64]:
    """Each pixel as the mean of five by five: print on the sheet must not tear it apart."""
    padded = np.pad(gray.astype(np.float64), 2, mode="edge")
    sums = np.cumsum(np.cumsum(np.pad(padded, ((1, 0), (1, 0))), axis=0), axis=1)
    return (sums[5:, 5:] - sums[:-5, 5:] - sums[5:, :-5] + sums[:-5, :-5]) / 25.0


def _largest(mask: Mask) -> Mask | None:
    """The largest connected patch, its holes filled from the side: runs of a row, joined with those above."""
    owner: list[int] = []
    size: list[int] = []
    rows: list[list[tuple[int, int, int]]] = []

    def root(one: int) -> int:
        while owner[one] != one:
            owner[one] = owner[owner[one]]
            one = owner[one]
        return one

    above: list[tuple[int, int, int]] = []
    for line in mask:
        turns = np.flatnonzero(np.diff(np.concatenate(([0], line.view(np.int8), [0]))))
        here = []
        for first, end in zip(turns[::2].tolist(), turns[1::2].tolist(), strict=True):
            mine = len(owner)
            owner.append(mine)
            size.append(end - first)
            for left, right, other in above:
                if left < end and first < right:
                    a, b = root(other), root(mine)
                    if a != b:
                        owner[a] = b
                        size[b] += size[a]
            here.append((first, end, mine))
        rows.append(here)
        above = here
    if not owner:
        return None
    best = max((one for one in range(len(owner)) if owner[one] == one), key=lambda one: size[one])
    patch = np.zeros_like(mask)
    for line, here in zip(patch, rows, strict=True):
        for first, end, mine in here:
            if root(mine) == best:
                line[first:end] = True
    return patch


def _rim(patch: Mask) -> npt.NDArray[np.float64]:
    """Outermost points of the patch, row by row and column by column, as (x, y)."""
    found = []
    ys = np.flatnonzero(patch.any(axis=1))
    xs = np.flatnonzero(patch.any(axis=0))
    height, width = patch.shape
    found += [np.column_stack((patch[ys].argmax(axis=1), ys))]
    found += [np.column_stack((width - 1 - patch[ys, ::-1].argmax(axis=1), ys))]
    found += [np.column_stack((xs, patch[:, xs].argmax(axis=0)))]
    found += [np.column_stack((xs, height - 1 - patch[::-1, xs].argmax(axis=0)))]
    points = np.concatenate(found).astype(np.float64)
    return points[np.lexsort((points[:, 1], points[:, 0]))]


def _hull(points: npt.NDArray[np.float64]) -> list[Point]:
    """Andrew's monotone chain; `points` come sorted."""
    whole: list[Point] = []
    for ordered in (points, points[::-1]):
        chain: list[Point] = []
        for x, y in ordered.tolist():
            while len(chain) > 1 and _turn(chain[-2], chain[-1], (x, y)) <= 0:
                chain.pop()
            chain.append((x, y))
        whole += chain[:-1]
    return whole


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _four(hull: list[Point]) -> list[Point] | None:
    """The hull with its least corner taken away until four are left."""
    corners = list(hull)
    while len(corners) > 4:
        count = len(corners)
        least = min(range(count), key=lambda n: abs(_turn(corners[n - 1], corners[n], corners[(n + 1) % count])))
        del corners[least]
    return corners if len(corners) == 4 else None


def _through_rim(corners: list[Point], rim: npt.NDArray[np.float64]) -> list[Point] | None:
    """The same four sides, each drawn through the rim points along its middle; corners are where they meet."""
    lines = []
    for n in range(4):
        (ax, ay), (bx, by) = corners[n], corners[(n + 1) % 4]
        length = hypot(bx - ax, by - ay)
        if length < 8:
            return None
        along = ((rim[:, 0] - ax) * (bx - ax) + (rim[:, 1] - ay) * (by - ay)) / length**2
        aside = np.abs((rim[:, 0] - ax) * (by - ay) - (rim[:, 1] - ay) * (bx - ax)) / length
        near = rim[(along > 0.08) & (along < 0.92) & (aside < max(3.0, 0.02 * length))]
        if len(near) < 6:
            lines.append(((ax, ay), ((bx - ax) / length, (by - ay) / length)))
            continue
        middle = near.mean(axis=0)
        _, _, axes = np.linalg.svd(near - middle, full_matrices=False)
        lines.append(((float(middle[0]), float(middle[1])), (float(axes[0, 0]), float(axes[0, 1]))))
    met = [_meet(lines[n - 1], lines[n]) for n in range(4)]
    return [one for one in met if one is not None] if all(one is not None for one in met) else None


def _meet(one: tuple[Point, Point], other: tuple[Point, Point]) -> Point | None:
    (px, py), (dx, dy) = one
    (qx, qy), (ex, ey) = other
    cross = dx * ey - dy * ex
    if abs(cross) < 0.2:  # sides that hardly meet are no corner
        return None
    t = ((qx - px) * ey - (qy - py) * ex) / cross
    return px + t * dx, py + t * dy


def _is_sheet(corners: list[Point], patch: Mask) -> bool:
    turns = [_turn(corners[n - 1], corners[n], corners[(n + 1) % 4]) for n in range(4)]
    if min(turns) <= 0 < max(turns) or 0 in turns:
        return False
    sides = [hypot(corners[n][0] - corners[n - 1][0], corners[n][1] - corners[n - 1][1]) for n in range(4)]
    if max(sides[0], sides[2]) > 2.2 * min(sides[0], sides[2]) or max(sides[1], sides[3]) > 2.2 * min(
        sides[1], sides[3]
    ):
        return False
    area = abs(sum(_cross(corners[n - 1], corners[n]) for n in range(4))) / 2
    if area > MOST_SHARE * patch.size:  # what fills the picture has no edge in it: a scanner made it
        return False
    return area > 0 and float(patch.sum()) / area >= LEAST_FILL


def _cross(a: Point, b: Point) -> float:
    return a[0] * b[1] - a[1] * b[0]


def _from_top_left(corners: list[Point]) -> Quad:
    """Clockwise on the screen, beginning with the corner nearest to the picture's own top left."""
    middle = (sum(x for x, _ in corners) / 4, sum(y for _, y in corners) / 4)
    turned = sorted(corners, key=lambda one: atan2(one[1] - middle[1], one[0] - middle[0]))
    first = min(range(4), key=lambda n: turned[n][0] + turned[n][1])
    ordered = turned[first:] + turned[:first]
    return ordered[0], ordered[1], ordered[2], ordered[3]


def _is_cut(patch: Mask) -> bool:
    """A long run of the sheet lies on a rim of the picture."""
    height, width = patch.shape
    in_x, in_y = max(1, round(EDGE * width)), max(1, round(EDGE * height))
    rims = (
        patch[:in_y].any(axis=0),
        patch[-in_y:].any(axis=0),
        patch[:, :in_x].any(axis=1),
        patch[:, -in_x:].any(axis=1),
    )
    return any(float(rim.mean()) > 0.06 for rim in rims)
