"""Python's search for garbage, and when it is in the way."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def nothing_collected() -> Iterator[None]:
    """No search for garbage in the block (or the function that is decorated).

    A paper is made of a hundred thousand small things, a workbook of half a million, and all of them are wanted until
    the work is done. Python would look through them again and again for something to throw away: a fifth of the time of
    a long table, a tenth of that of a long workbook.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
