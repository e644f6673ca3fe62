"""``munibots bench``: repeat a published figure."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from munibots.cli.output import echo_json, echo_table, progress
from munibots.cli.texts import say
from munibots.errors import ExitCode

if TYPE_CHECKING:
    from munibots.bench.figures import Figure


@click.command("bench")
@click.argument("name")
@click.option("-n", "n", type=click.IntRange(min=1), help="枚数または件数")
@click.option(
    "--engine",
    "engines",
    multiple=True,
    help="同じページを読ませる OCR エンジン(munibots.ocr の名前、何度でも。read だけ)",
)
@click.option("--plots", type=click.Path(file_okay=False, path_type=Path), help="図(SVG)を書き出すフォルダ")
@click.option("--json", "as_json", is_flag=True, help="JSON で出力")
def command(name: str, n: int | None, engines: tuple[str, ...], plots: Path | None, as_json: bool) -> int:
    """公表している数値をこの端末で測り直します(read、enter、demo)。

    終了コード: 0 目標の範囲、3 目標を外れた数値がある。
    """
    from munibots.bench.figures import BENCHMARKS, run_benchmark

    with progress() as stage:
        measured = run_benchmark(name, n, stage(BENCHMARKS.get(name, name)), engines=engines)
    if plots is not None:
        plots.mkdir(parents=True, exist_ok=True)
        for picture, svg in measured.pictures.items():
            (plots / f"{picture}.svg").write_text(svg, encoding="utf-8")
    if as_json:
        echo_json(measured.to_json())
    else:
        rows = [(f.what_ja, f"{f.value:g} {f.unit}", _spread(f), _n(f), _goal(f)) for f in measured.figures]
        echo_table(f"{BENCHMARKS[name]}  n={measured.n}", ["", "", say("interval"), say("count"), say("goal")], rows)
        click.echo("  ".join(f"{k}={v}" for k, v in measured.conditions.items()))
    return ExitCode.DONE if all(f.kept for f in measured.figures) else ExitCode.NEEDS_PERSON


def _n(figure: Figure) -> str:
    return "" if figure.n is None else f"{figure.n:,}"


def _spread(figure: Figure) -> str:
    return "" if figure.interval is None else "–".join(f"{end:.4f}" for end in figure.interval)


def _goal(figure: Figure) -> str:
    goals = [f"{sign} {bound:g}" for sign, bound in (("≦", figure.limit), ("≧", figure.least)) if bound is not None]
    return f"{' '.join(goals)} {'✓' if figure.kept else '✗'}" if goals else ""
