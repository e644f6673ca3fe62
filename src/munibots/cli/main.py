"""The command ``munibots``: which commands there are, and what an error looks like."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

import click

from munibots import __version__
from munibots.cli.click_language import speak
from munibots.cli.texts import LANG_VARIABLE, say
from munibots.errors import ExitCode, MunibotsError
from munibots.pipeline.boundary import DEBUG_VARIABLE, unexpected

__all__ = ["cli", "main"]

# In the order in which a new user meets them; each is the attribute of the same name in ``munibots.cli.<module>``.
_COMMANDS = {
    "demo": "demo",
    "doctor": "doctor",
    "read": "read",
    "run": "run",
    "status": "status",
    "review": "review",
    "promise": "promise",
    "triage": "triage",
    "list": "listing",
    "explain": "explain",
    "new": "new",
    "check": "check",
    "bench": "bench",
}


class _Commands(click.Group):
    """Loads a command's module when the command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module = import_module(f"munibots.cli.{_COMMANDS[cmd_name]}")
        command: click.Command = module.command
        return command


def _set_language(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
    if value:
        os.environ[LANG_VARIABLE] = value
        speak(value)


def _set_debug(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if value:
        os.environ[DEBUG_VARIABLE] = "1"


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--lang",
    type=click.Choice(["ja", "en"]),
    help="表示の言語(en: 見出し、状態、エラー。様式の名前と次の一手は日本語) / language of the output",
    callback=_set_language,
    expose_value=False,
    is_eager=True,
)
@click.option(
    "--debug",
    is_flag=True,
    help="予期しないエラーの全文を標準エラー出力に出す(個人情報を含むことがある)",
    callback=_set_debug,
    expose_value=False,
    is_eager=True,
)
@click.version_option(__version__, prog_name="munibots", help="版を表示する / show the version")
def cli() -> None:
    """紙の届出を読み取り、確かめ、基幹システムへ入力します。

    はじめての方は `munibots demo` を実行してください。合成した届出で、読み取りから入力、照合、報告書までを見られます。
    """


def main(argv: list[str] | None = None) -> None:
    """Entry point of the console script; ends the process with an exit code of ``docs/errors.md``."""
    for stream in (sys.stdout, sys.stderr):
        # A file or a pipe on Japanese Windows is cp932, which has neither ✓ nor 𠮷; JSON is UTF-8 everywhere.
        if isinstance(stream, io.TextIOWrapper) and not stream.isatty():
            stream.reconfigure(encoding="utf-8")
    speak(os.environ.get(LANG_VARIABLE, "ja"))
    sys.exit(_run(lambda: cli.main(args=argv, prog_name="munibots", standalone_mode=False)))


def _run(call: Callable[[], Any]) -> int:
    try:
        answer = call()
    except MunibotsError as e:
        click.echo(say.error(e), err=True)
        return e.exit_code
    except click.ClickException as e:
        e.show()
        return ExitCode.BAD_INPUT
    except (click.Abort, KeyboardInterrupt):
        click.echo(say("aborted"), err=True)
        return ExitCode.NEEDS_PERSON
    except Exception as e:  # noqa: BLE001 - the outermost boundary: a traceback may hold what was read from paper
        click.echo(say("unexpected", **unexpected(e, "munibots").detail), err=True)
        return ExitCode.BUG
    return answer if isinstance(answer, int) else ExitCode.DONE


if __name__ == "__main__":
    main()
