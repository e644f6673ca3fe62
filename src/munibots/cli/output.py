"""How commands talk: people get tables and progress bars, programs get JSON on standard output."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import click

__all__ = ["Progress", "echo_json", "echo_table", "progress"]

Progress = Callable[[int, int], None]


def echo_json(document: Any) -> None:
    """One JSON document on one line of standard output."""
    click.echo(json.dumps(document, ensure_ascii=False, default=str))


def echo_table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table for people on standard output."""
    from rich.console import Console
    from rich.table import Table

    table = Table(
        title=title or None,
        title_justify="left",
        title_style="bold",
        show_header=any(columns),
        show_edge=False,
        pad_edge=False,
        header_style="bold",
    )
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*row)
    # A pipe has no width of its own; a narrow default would fold Japanese in the middle of words.
    Console(width=None if sys.stdout.isatty() else 120).print(table)


@contextmanager
def progress(*, quiet: bool = False) -> Iterator[Callable[[str], Progress]]:
    """Progress on standard error: bars on a terminal, a line a stage elsewhere.

    Args:
        quiet: Nothing at all where standard error is no terminal.

    Yields:
        ``stage(label)`` gives the callback of a stage, to be called with done and total.
    """
    if not sys.stderr.isatty():
        yield _no_stage if quiet else _line_stage
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    # Above the bars on a terminal; into a file or a pipe, never into the bars' own stream.
    mixed = sys.stdout.isatty()
    with Bars(*columns, console=Console(stderr=True), redirect_stdout=mixed) as bars:

        def stage(label: str) -> Progress:
            task = bars.add_task(label, total=None)

            def update(done: int, total: int) -> None:
                bars.update(task, completed=done, total=total)

            return update

        yield stage


def _no_stage(label: str) -> Progress:
    return lambda done, total: None


def _line_stage(label: str) -> Progress:
    click.echo(label, err=True)

    def update(done: int, total: int) -> None:
        if done == total:
            click.echo(f"{label}: {done}/{total}", err=True)

    return update
