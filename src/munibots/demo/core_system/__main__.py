"""``python -m munibots.demo.core_system``: run つばさ市 住民記録システム on this machine."""

import argparse
import os
from datetime import date, datetime
from pathlib import Path

from munibots.demo.core_system.app import create_app
from munibots.demo.core_system.database import Database
from munibots.demo.core_system.server import serve
from munibots.demo.core_system.sessions import Sessions


def main() -> None:
    """Parse the command line, fill the database at the first start, and serve."""
    parser = argparse.ArgumentParser(prog="core_system", description="つばさ市 住民記録システム(デモ)")
    parser.add_argument("--database", type=Path, required=True, help="SQLite ファイル(なければ作成)")
    parser.add_argument("--residents", type=Path, required=True, help="住民の CSV(最初の起動時に読込)")
    parser.add_argument("--port", type=int, default=0, help="127.0.0.1 のポート(0 は空きポート)")
    parser.add_argument("--ready-file", type=Path, help="受付開始時に url と pid を書くファイル")
    parser.add_argument("--trouble", type=Path, help="障害を起こす指定(JSON)")
    parser.add_argument("--session-timeout-minutes", type=float, default=30.0, help="無操作の制限時間(分)")
    parser.add_argument("--business-date", type=date.fromisoformat, help="業務日付(YYYY-MM-DD、省略時は今日)")
    parser.add_argument("--exit-with-parent", action="store_true", help="標準入力が閉じたら終了")
    arguments = parser.parse_args()

    database = Database(arguments.database)
    database.fill_once(
        arguments.residents,
        shokuin_no=os.environ.get("CORE_SYSTEM_SHOKUIN_NO", "rpa01"),
        password=os.environ.get("CORE_SYSTEM_PASSWORD", "tsubasa"),
        shimei=os.environ.get("CORE_SYSTEM_SHIMEI", "自動入力 一号"),
    )
    fixed_date: date | None = arguments.business_date
    app = create_app(
        database,
        Sessions(arguments.session_timeout_minutes * 60),
        trouble=arguments.trouble,
        business_date=lambda: fixed_date or datetime.now().astimezone().date(),
    )
    serve(
        app,
        port=arguments.port,
        ready_file=arguments.ready_file,
        exit_with_parent=arguments.exit_with_parent,
    )
    database.close()


if __name__ == "__main__":
    main()
