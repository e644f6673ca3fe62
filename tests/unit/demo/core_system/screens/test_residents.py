"""住民検索."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import Any


def test_hits_and_messages(operator: Any) -> None:
    assert operator.get("/jumin").screen_id == "JKG0301"
    page = operator.post("/jumin", {"txtKanaShimei": "ﾔﾏﾀﾞ"})
    assert (page.texts["lblKensu"], page.texts["lblKana1"]) == ("2", "ﾔﾏﾀﾞ ﾀﾛｳ")
    page = operator.post("/jumin", {"txtKanaShimei": "ﾔﾏﾀﾞ", "txtSeinenYmd": "19820506"})
    assert (page.texts["lblKensu"], page.texts["lblKanji1"]) == ("1", "山田　花子")
    assert operator.post("/jumin", {"txtKanaShimei": "ﾔﾏﾀﾞ", "txtSeinenYmd": "19820507"}).codes == ["JKW0203-W"]
    assert operator.post("/jumin", {}).codes == ["JKW0101-E"]


def test_too_many_hits_are_cut_with_a_warning(city: Any, operator: Any) -> None:
    with closing(sqlite3.connect(city.database)) as connection, connection:
        row = ("9", "ｽｽﾞｷ ｲﾁﾛｳ", "鈴木　一郎", "1980-01-01", "1", "01", "", "", "", "", "")
        columns = "household_no, kana, name, birth_date, sex, relationship, postal_code, address, building"
        connection.executemany(
            f"INSERT INTO jumin ({columns}, juminhyo_code, my_number) VALUES ({', '.join('?' * 11)})", [row] * 51
        )
    page = operator.post("/jumin", {"txtKanaShimei": "ｽｽﾞｷ"})
    assert (page.codes, page.texts["lblKensu"]) == (["JKW0204-W"], "50")
    operator.to_household(rdoIdoKbn="2")
    page = operator.post("/ido/taisho", {"cmd": "kensaku", "txtKanaShimei": "ｽｽﾞｷ"})
    assert page.codes == ["JKW0204-W"]
    assert "rdoSetai1" in page.inputs
