"""Where an error that nobody foresaw ends: at one case, which goes to a person, and not at the run.

The text of such an error may hold what was read from paper, so only its kind and the place in this library are kept. The whole
of it is written to standard error where somebody asks for it (``munibots --debug``).
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from munibots.errors import MunibotsError, UnexpectedProblemError

__all__ = ["DEBUG_VARIABLE", "one_case", "unexpected"]

DEBUG_VARIABLE = "MUNIBOTS_DEBUG"

_LIBRARY = Path(__file__).parents[1]


@contextmanager
def one_case(subject: str) -> Iterator[None]:
    """Everything inside concerns one page or one case.

    Args:
        subject: File and page, or case id; nothing personal.

    Raises:
        UnexpectedProblemError: In place of any error that is not one of ours. A lack of memory goes through: it concerns the
            machine, and the case is tried again by the next run.
    """
    try:
        yield
    except (MunibotsError, MemoryError):
        raise
    except Exception as error:  # noqa: BLE001 - the boundary of the run
        raise unexpected(error, subject) from None


def unexpected(error: Exception, subject: str) -> UnexpectedProblemError:
    """An error that nobody foresaw as one that names its kind and place only."""
    if os.environ.get(DEBUG_VARIABLE):
        traceback.print_exception(error, file=sys.stderr)
    return UnexpectedProblemError(subject=subject, kind=type(error).__name__, place=_place(error))


def _place(error: Exception) -> str:
    """File and line of this library that was the last to be in it."""
    frames = [
        (Path(frame.f_code.co_filename), line)
        for frame, line in traceback.walk_tb(error.__traceback__)
        if Path(frame.f_code.co_filename).is_relative_to(_LIBRARY)
    ]
    if not frames:
        return "―"
    path, line = frames[-1]
    return f"{path.relative_to(_LIBRARY).as_posix()}:{line}"
