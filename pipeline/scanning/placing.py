"""Lay a scanned page over the page it was printed from: which way up, how askew, how large, and where.

Both are reduced to their ink. Lines of text tell how askew the scan is; of the four ways up and a few sizes the one
whose ink covers the original's best is taken; then pieces of the page are moved on their own, and the movement that
fits them together corrects what is left, also the slight slant of a photograph. How well the ink agrees at the end says
whether this is that page at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy
from numpy.typing import NDArray
from PIL import Image, ImageFilter, ImageOps

from pipeline.scanning.ink import Ink, even_ink

Matrix = NDArray[numpy.float64]
"""Three by three, for columns (x, y, 1)."""

_POINTS = 72.0
_COARSE = 3
"""Points for one spot of the coarse search."""
_STEEPEST = 12.0
"""Degrees a page may lie askew beside its four ways up."""
_SIZES = (1.0, 0.98, 1.02, 0.96, 1.04, 0.94, 0.92, 0.90, 1.06, 1.08, 1.1)
_FOUND = 0.6
"""Likeness of blurred ink from which no other size is tried."""
_PIECES_ACROSS, _PIECES_DOWN = 4, 6
_REACH = 16
"""Points a piece may be moved."""
_ROUNDS = 3
_SURE = 0.35
"""Likeness of a piece to its place from which its movement counts."""
_LEAST_INK = 4.0


@dataclass(frozen=True, slots=True)
class Placed:
    """``matrix`` leads from pixels of the scan (right, down) to points of the original page (right, down);
    ``likeness`` is the correlation of their ink, 1.0 for the same page, about 0.0 for any other."""

    matrix: Matrix
    likeness: float


def place(scan: Image.Image, original: Image.Image, dpi: float) -> Placed:
    """Where the scanned page lies on the original, which is given at 72 dpi. ``dpi`` 0.0: not known, then the page is
    taken to fill the picture."""
    wanted = even_ink(ImageOps.grayscale(original))
    small, to_small = _small(scan, original.size)
    coarse = _coarse(small, wanted, _sizes(scan, original, dpi, to_small))
    matrix = coarse
    for _round in range(_ROUNDS):
        matrix = _corrected(small, wanted, matrix)
    best = max((matrix, coarse), key=lambda each: _likeness(_moved(small, each, wanted.shape), wanted))
    return Placed(best @ to_small, _likeness(_moved(small, best, wanted.shape), wanted))


def _small(scan: Image.Image, size: tuple[int, int]) -> tuple[Image.Image, Matrix]:
    """The scan as a picture of its ink with about a spot for each point, and the way there."""
    factor = min(1.0, 1.25 * max(size) / max(scan.size))
    across, down = (max(16, round(side * factor)) for side in scan.size)
    grey = ImageOps.grayscale(scan).resize((across, down), Image.Resampling.BOX)
    picture = Image.fromarray((even_ink(grey) * 255).astype(numpy.uint8), "L")
    return picture, _scaling(across / scan.width, down / scan.height)


def _sizes(scan: Image.Image, original: Image.Image, dpi: float, to_small: Matrix) -> tuple[float, ...]:
    """How many points a spot of the small picture may be: as the file says, or as if the page filled the picture."""
    shrunk = float(to_small[0, 0])
    filling = min(max(original.size) / max(scan.size), min(original.size) / min(scan.size)) / shrunk
    sizes = [filling * factor for factor in _SIZES]
    if dpi:
        told = _POINTS / dpi / shrunk
        sizes = [told, *(size for size in sizes if abs(size / told - 1) > 0.01)]
    return tuple(sizes)


# --------------------------------------------------------------------------- coarse


def _coarse(small: Image.Image, wanted: Ink, sizes: tuple[float, ...]) -> Matrix:
    """The best of the four ways up and the sizes, by correlation of blurred ink at a third of the resolution."""
    height, width = wanted.shape
    down, across = height // _COARSE, width // _COARSE
    target = _blurred(wanted[: down * _COARSE, : across * _COARSE].reshape(down, _COARSE, across, _COARSE).mean((1, 3)))
    spectrum = numpy.conj(numpy.fft.rfft2(_padded(target)))
    best, matrix = -1.0, numpy.eye(3)
    askew = _askew(small)
    for size in sizes:
        for quarter in range(4):
            trial = _turned_about_centre(small.size, askew + 90.0 * quarter, size, (width, height))
            shown = _blurred(_moved(small, _scaling(1 / _COARSE, 1 / _COARSE) @ trial, target.shape))
            likeness, right, below = _shift(spectrum, shown, target)
            if likeness > best:
                best = likeness
                matrix = _translation(right * _COARSE, below * _COARSE) @ trial
        if best > _FOUND:
            break
    return matrix


def _askew(picture: Image.Image) -> float:
    """Degrees by which the picture must be turned, counted clockwise, for its lines of text to lie level or upright.

    A profile of the ink across level lines has sharp steps; turned too far, it is smooth.
    """
    side = min(480 / max(picture.size), 1.0)
    tiny = picture.resize((max(8, round(picture.width * side)), max(8, round(picture.height * side))))
    best = 0.0
    for step, reach in ((1.0, _STEEPEST), (0.25, 1.0), (0.05, 0.25)):
        angles = numpy.arange(best - reach, best + reach + step / 2, step)
        best = float(max(angles, key=lambda angle: _sharpness(tiny, angle)))
    return best


def _sharpness(picture: Image.Image, angle: float) -> float:
    turned = numpy.asarray(picture.rotate(-angle, Image.Resampling.BILINEAR), dtype=numpy.float32)
    rows, columns = turned.sum(1), turned.sum(0)
    return float(max((numpy.diff(rows) ** 2).sum(), (numpy.diff(columns) ** 2).sum()))


def _turned_about_centre(size: tuple[int, int], angle: float, factor: float, onto: tuple[int, int]) -> Matrix:
    """Turn clockwise by ``angle`` and enlarge by ``factor``, the picture's centre on the centre of the page."""
    radians = numpy.radians(angle)
    cosine, sine = numpy.cos(radians) * factor, numpy.sin(radians) * factor
    turn = numpy.array([[cosine, -sine, 0.0], [sine, cosine, 0.0], [0.0, 0.0, 1.0]])
    whole: Matrix = _translation(onto[0] / 2, onto[1] / 2) @ turn @ _translation(-size[0] / 2, -size[1] / 2)
    return whole


def _shift(spectrum: NDArray[numpy.complex128], shown: Ink, target: Ink) -> tuple[float, float, float]:
    """How like the two are at their best, and how far ``shown`` must be moved right and down for it."""
    product = numpy.fft.irfft2(numpy.conj(numpy.fft.rfft2(_padded(shown)) * spectrum))
    at = int(product.argmax())
    below, right = divmod(at, product.shape[1])
    below -= product.shape[0] if below > product.shape[0] // 2 else 0
    right -= product.shape[1] if right > product.shape[1] // 2 else 0
    norm = float(numpy.linalg.norm(_centred(shown)) * numpy.linalg.norm(_centred(target))) or 1.0
    return float(product.flat[at]) / norm, float(right), float(below)


def _padded(ink: Ink) -> Ink:
    down, across = ink.shape
    return numpy.pad(_centred(ink), ((0, down), (0, across)))


# --------------------------------------------------------------------------- fine


def _corrected(small: Image.Image, wanted: Ink, matrix: Matrix) -> Matrix:
    """The matrix after every piece of the page has said how far it is from where it belongs."""
    shown = _blurred(_moved(small, matrix, wanted.shape), 1.0)
    here, there = [], []
    for (x, y), moved in _movements(shown, _blurred(wanted, 1.0)):
        here.append((x, y, 1.0))
        there.append((x + moved[0], y + moved[1]))
    if len(here) < 4:
        return matrix
    points, goals = numpy.array(here), numpy.array(there)
    kept = numpy.ones(len(points), dtype=bool)
    for _step in range(3):
        fit = numpy.linalg.lstsq(points[kept], goals[kept], rcond=None)[0]
        off = numpy.linalg.norm(points @ fit - goals, axis=1)
        kept = off <= max(1.0, 2.0 * float(numpy.median(off)))
        if kept.sum() < 4:
            return matrix
    correction = numpy.vstack([fit.T, (0.0, 0.0, 1.0)])
    straight = numpy.linalg.det(correction[:2, :2])
    corrected: Matrix = correction @ matrix
    return corrected if 0.9 < straight < 1.1 else matrix


def _movements(shown: Ink, wanted: Ink) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """For each piece with enough ink its centre, and how far it must be moved."""
    height, width = wanted.shape
    down, across = height // _PIECES_DOWN, width // _PIECES_ACROSS
    for top in range(0, height - down + 1, down):
        for left in range(0, width - across + 1, across):
            target = wanted[top : top + down, left : left + across]
            if float(target.sum()) < _LEAST_INK:
                continue
            upper, before = max(0, top - _REACH), max(0, left - _REACH)
            around = shown[upper : top + down + _REACH, before : left + across + _REACH]
            likeness, right, below = _found(target, around)
            if likeness > _SURE:
                centre = (before + right + across / 2, upper + below + down / 2)
                yield centre, (left - before - right, top - upper - below)


def _found(target: Ink, around: Ink) -> tuple[float, float, float]:
    """Where in ``around`` the target lies: likeness, and its left and top edge."""
    shape = (around.shape[0] + target.shape[0], around.shape[1] + target.shape[1])
    centred = _centred(target)
    product = numpy.fft.irfft2(numpy.fft.rfft2(around, shape) * numpy.conj(numpy.fft.rfft2(centred, shape)), shape)
    rows, columns = around.shape[0] - target.shape[0] + 1, around.shape[1] - target.shape[1] + 1
    inside = product[:rows, :columns]
    below, right = divmod(int(inside.argmax()), columns)
    there = around[below : below + target.shape[0], right : right + target.shape[1]]
    norm = float(numpy.linalg.norm(centred) * numpy.linalg.norm(_centred(there))) or 1.0
    return (
        float(inside[below, right]) / norm,
        right + _between(inside[below, :], right),
        below + _between(inside[:, right], below),
    )


def _between(line: NDArray[numpy.float64], at: int) -> float:
    """The top of a parabola through a maximum and its neighbours, as a part of a spot."""
    if not 0 < at < len(line) - 1:
        return 0.0
    before, here, after = (float(each) for each in line[at - 1 : at + 2])
    bend = before - 2 * here + after
    return 0.5 * (before - after) / bend if bend < 0 else 0.0


# --------------------------------------------------------------------------- arithmetic


def _moved(picture: Image.Image, matrix: Matrix, shape: tuple[int, ...]) -> Ink:
    """The picture of ink under a matrix, on a page of ``shape``; beyond the picture there is no ink."""
    back = numpy.linalg.inv(matrix)
    data = tuple(float(each) for each in back[:2].flat)
    size = (shape[1], shape[0])
    shown = picture.transform(size, Image.Transform.AFFINE, data, Image.Resampling.BILINEAR, fillcolor=0)
    return numpy.asarray(shown, dtype=numpy.float32) / numpy.float32(255)


def _likeness(shown: Ink, wanted: Ink) -> float:
    one, two = _strokes(shown), _strokes(wanted)
    norm = float(numpy.linalg.norm(one) * numpy.linalg.norm(two))
    return float((one * two).sum()) / norm if norm > 1e-6 else 0.0


def _strokes(ink: Ink) -> Ink:
    """The ink without its grey from afar: every page of text has the same lines, none the same words."""
    fine: Ink = _blurred(ink, 0.8) - _blurred(ink, 5.0)
    return _centred(fine)


def _centred(ink: Ink) -> Ink:
    centred: Ink = ink - ink.mean()
    return centred


def _blurred(ink: Ink, radius: float = 1.2) -> Ink:
    picture = Image.fromarray((numpy.clip(ink, 0, 1) * 255).astype(numpy.uint8), "L")
    return numpy.asarray(picture.filter(ImageFilter.GaussianBlur(radius)), dtype=numpy.float32) / numpy.float32(255)


def _scaling(across: float, down: float) -> Matrix:
    scaling: Matrix = numpy.diag([across, down, 1.0])
    return scaling


def _translation(right: float, below: float) -> Matrix:
    return numpy.array([[1.0, 0.0, right], [0.0, 1.0, below], [0.0, 0.0, 1.0]])
