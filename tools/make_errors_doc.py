"""Write ``docs/errors.md`` from ``munibots.errors``: one list, so that the page and the program never differ.

Run ``python tools/make_errors_doc.py`` after a change of ``errors.py``; with ``--check`` nothing is written and a stale
page ends with exit code 1.
"""

from __future__ import annotations

import inspect
import sys
from pathlib import Path

from munibots.errors import CaseError, ExitCode, MunibotsError, RunError, error_catalog

PAGE = Path(__file__).resolve().parents[1] / "docs" / "errors.md"

_HEAD = """# エラー番号の一覧

<!-- このページは tools/make_errors_doc.py が src/munibots/errors.py から作ります。手で直さないでください。 -->

munibots のエラーには、変わらない番号(`MB-E…`)と、次にすることの案内が付きます。
メッセージは項目の名前を示しますが、読み取った値は示しません(記録に個人情報を残さないため)。
`{file}` のような波かっこの部分には、そのときのファイル名や案件番号が入ります。

- **案件のエラー**: その案件だけを職員に回し、残りの案件は続けます。
- **実行のエラー**: 実行を止めて理由を示します。直してから同じコマンドをもう一度実行すると、続きから始まります。

## 終了コード

| 終了コード | 意味 |
|---|---|
"""

_EXIT_CODES = (
    (ExitCode.DONE, "終わりました"),
    (ExitCode.BUG, "プログラムの不具合です"),
    (ExitCode.BAD_INPUT, "使い方か、入力したファイルに誤りがあります"),
    (ExitCode.NEEDS_PERSON, "職員の確認が要るものがあります(レビュー、旗の立った入力)"),
    (ExitCode.OUTSIDE_MISSING, "外のシステム(基幹システム、データベース、ブラウザなど)が使えません"),
)


def _kind(cls: type[MunibotsError]) -> str:
    if issubclass(cls, CaseError):
        return "案件のエラー"
    return "実行のエラー" if issubclass(cls, RunError) else "不具合"


def _section(cls: type[MunibotsError]) -> str:
    return "\n".join(
        (
            f"### {cls.code} `{cls.__name__}`",
            "",
            cls.message_ja,
            "",
            f"- 次にすること: {cls.next_ja}",
            f"- 種類: {_kind(cls)}、終了コード {cls.exit_code}",
            f"- In English: {inspect.cleandoc(cls.__doc__ or '').splitlines()[0]}",
            "",
        )
    )


def errors_page() -> str:
    """The whole page as Markdown."""
    exit_codes = "".join(f"| {code} | {meaning} |\n" for code, meaning in _EXIT_CODES)
    # CaseError and RunError only sort the others into kinds; they are never raised and share the code of their base.
    leaves = [cls for cls in error_catalog() if cls is MunibotsError or "code" in vars(cls)]
    return f"{_HEAD}{exit_codes}\n## エラー\n\n" + "\n".join(_section(cls) for cls in leaves)


def main(arguments: list[str]) -> int:
    """Write the page, or with ``--check`` say whether it is fresh."""
    page = errors_page()
    if arguments == ["--check"]:
        if PAGE.is_file() and PAGE.read_text(encoding="utf-8") == page:
            return 0
        sys.stderr.write("docs/errors.md が古くなっています。次にすること: python tools/make_errors_doc.py\n")
        return 1
    PAGE.write_text(page, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
