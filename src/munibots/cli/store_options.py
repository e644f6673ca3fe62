"""Which case store a command works on: ``--dsn``, else ``MUNIBOTS_DSN``, else an SQLite file in the work folder."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

__all__ = ["DSN_VARIABLE", "WORKDIR_VARIABLE", "default_dsn", "store_options"]

DSN_VARIABLE = "MUNIBOTS_DSN"
WORKDIR_VARIABLE = "MUNIBOTS_WORKDIR"

_Command = TypeVar("_Command", bound=Callable[..., Any])


def default_dsn(workdir: Path) -> str:
    """The URL of the SQLite file in a work folder."""
    return f"sqlite:///{(workdir / 'munibots.sqlite').resolve().as_posix()}"


def store_options(command: _Command) -> _Command:
    """Adds ``--workdir`` and ``--dsn``; the command gets ``workdir: Path`` and ``dsn: str``."""

    def fill_dsn(ctx: click.Context, param: click.Parameter, value: str | None) -> str:
        workdir = ctx.params.get("workdir") or Path()
        return value or os.environ.get(DSN_VARIABLE) or default_dsn(workdir)

    dsn = click.option(
        "--dsn", metavar="URL", callback=fill_dsn, help="案件の保管庫(既定: 作業フォルダの munibots.sqlite)"
    )
    workdir = click.option(
        "--workdir",
        type=click.Path(file_okay=False, path_type=Path),
        default=lambda: Path(os.environ.get(WORKDIR_VARIABLE, ".")),
        show_default="MUNIBOTS_WORKDIR または現在のフォルダ",
        is_eager=True,
        help="作業フォルダ",
    )
    return workdir(dsn(command))
