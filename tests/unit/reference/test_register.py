"""The resident register: loading it, and who is confirmed and who is not. All persons are invented."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from munibots.errors import RegisterFormatError
from munibots.japanese.eras import format_era
from munibots.japanese.numbers import my_number_check_digit
from munibots.reference.register import Evidence, Match, MatchStatus, Resident, ResidentRegister

HEADER = "household_no,kana,name,birth_date,sex,relationship,postal_code,address,building,juminhyo_code,my_number"


def my_number(body: str) -> str:
    return f"{body}{my_number_check_digit(body)}"


HANAKO = Resident(
    name="髙橋 花子",
    kana="タカハシ ハナコ",
    birth_date=date(1983, 2, 3),
    household_no="1",
    address="青葉市本町一丁目2番3号",
    my_number=my_number("12345678901"),
)
JIRO = Resident(
    name="髙橋 次郎", kana="タカハシ ジロウ", birth_date=date(2010, 5, 6), household_no="1", address=HANAKO.address
)
ICHIRO = Resident(
    name="渡邉 一郎",
    kana="ワタナベ イチロウ",
    birth_date=date(1950, 10, 11),
    household_no="2",
    address="青葉市緑町4-5",
    my_number=my_number("22345678901"),
)
YUTA = Resident("森 優太", "モリ ユウタ", date(2001, 7, 8), household_no="3", address="青葉市緑町6")
YUTO = Resident("森 優斗", "モリ ユウト", date(2001, 7, 8), household_no="3", address="青葉市緑町6")
REGISTER = ResidentRegister([HANAKO, JIRO, ICHIRO, YUTA, YUTO])


@pytest.mark.parametrize(
    ("evidence", "resident"),
    [
        (Evidence(kana="ﾀｶﾊｼ ﾊﾅｺ", birth_date="昭和58年2月3日"), HANAKO),
        (Evidence(name="高橋花子", birth_date="S58.2.3"), HANAKO),
        (Evidence(name="渡辺　一郎", kana="わたなべ いちろう", birth_date="1950-10-11"), ICHIRO),
        # A bad reading of the name beside kana and date.
        (Evidence(name="高槁 花予", kana="タカハシ ハナコ", birth_date="昭58.2.3"), HANAKO),
        # The individual number and one more.
        (Evidence(my_number="１２３４ ５６７８ ９０１" + HANAKO.my_number[-1], kana="タカハシ ハナコ"), HANAKO),
        (Evidence(my_number=HANAKO.my_number, address="青葉市本町1-2-3 コーポ青葉"), HANAKO),
        # One character off, two facts beside it.
        (Evidence(name="高橋 花子", kana="タカハシ ハナコ", birth_date="昭和53年2月3日"), HANAKO),
        (Evidence(name="高橋 花子", kana="タカハシ ハナコ", birth_date="1983-02-08"), HANAKO),
        (Evidence(kana="タカハツ ハナコ", birth_date="昭和58年2月3日", address="青葉市本町1-2-3"), HANAKO),
        # A lost and an added character.
        (Evidence(kana="タカハシ ハナ", birth_date="昭和58年2月3日", address="青葉市本町1-2-3"), HANAKO),
        (Evidence(kana="タカハシシ ハナコ", birth_date="昭和58年2月3日", address="青葉市本町1-2-3"), HANAKO),
        # Twins are told apart by an exact name.
        (Evidence(name="森優太", kana="モリユウタ", birth_date="平成13年7月8日", address="青葉市緑町6"), YUTA),
        # A resident who moved.
        (Evidence(name="渡辺一郎", birth_date="昭和25年10月11日", address="別市別町1"), ICHIRO),
    ],
)
def test_confirmed(evidence: Evidence, resident: Resident) -> None:
    match = REGISTER.find(evidence)
    assert match.status is MatchStatus.CONFIRMED
    assert match.resident is resident
    assert match.reasons


@pytest.mark.parametrize(
    ("evidence", "status"),
    [
        (Evidence(), MatchStatus.NONE),
        (Evidence(kana="スズキ サブロウ", birth_date="昭和40年1月1日"), MatchStatus.NONE),
        (Evidence(address="青葉市緑町4-5"), MatchStatus.NONE),
        (Evidence(birth_date="昭和58年2月3日"), MatchStatus.WEAK),
        (Evidence(name="高橋花子", kana="タカハシハナコ"), MatchStatus.WEAK),
        (Evidence(my_number=HANAKO.my_number), MatchStatus.WEAK),
        # One character off and only one fact beside it.
        (Evidence(kana="タカハシ ハナオ", birth_date="昭和58年2月3日"), MatchStatus.WEAK),
        # Two characters lost.
        (Evidence(kana="タカハシ", birth_date="昭和58年2月3日", address="青葉市本町1-2-3"), MatchStatus.WEAK),
        # A date that does not exist is no date.
        (Evidence(kana="タカハシ ハナコ", birth_date="昭和58年2月30日"), MatchStatus.WEAK),
        (Evidence(kana="タカハシ ハナコ", birth_date="1750-02-03"), MatchStatus.WEAK),
        # Against it: another number, another date, a name with nothing in common.
        (
            Evidence(kana="タカハシ ハナコ", birth_date="昭和58年2月3日", my_number=my_number("99345678901")),
            MatchStatus.WEAK,
        ),
        (Evidence(my_number=HANAKO.my_number, kana="タカハシ ハナコ", birth_date="平成2年11月30日"), MatchStatus.WEAK),
        (Evidence(name="鈴木 三郎", kana="タカハシ ハナコ", birth_date="昭和58年2月3日"), MatchStatus.WEAK),
        # Twins: the kana are one's, the name is the other's, or one character fits both.
        (Evidence(name="森 優太", kana="モリ ユウト", birth_date="平成13年7月8日"), MatchStatus.AMBIGUOUS),
        (Evidence(name="森 優大", birth_date="平成13年7月8日", address="青葉市緑町6"), MatchStatus.AMBIGUOUS),
    ],
)
def test_not_confirmed(evidence: Evidence, status: MatchStatus) -> None:
    match = REGISTER.find(evidence)
    assert match.status is status
    assert match.resident is None
    assert match.reasons


def test_a_certain_reading_is_not_taken_for_a_misreading() -> None:
    facts = {"name": "高橋 花子", "kana": "タカハシ ハナコ", "birth_date": "昭和53年2月3日"}
    assert REGISTER.find(Evidence(**facts, birth_date_confidence=0.9)).status is MatchStatus.CONFIRMED  # type: ignore[arg-type]
    assert REGISTER.find(Evidence(**facts, birth_date_confidence=0.9999)).status is MatchStatus.WEAK  # type: ignore[arg-type]


def test_an_invalid_individual_number_is_no_evidence() -> None:
    wrong = HANAKO.my_number[:-1] + str((int(HANAKO.my_number[-1]) + 1) % 10)
    match = REGISTER.find(Evidence(kana="タカハシ ハナコ", birth_date="昭和58年2月3日", my_number=wrong))
    assert match.status is MatchStatus.CONFIRMED


def test_two_residents_with_the_same_facts_are_ambiguous() -> None:
    register = ResidentRegister([HANAKO, Resident("高橋 花子", HANAKO.kana, HANAKO.birth_date)])
    match = register.find(Evidence(kana="タカハシ ハナコ", birth_date="昭和58年2月3日"))
    assert match.status is MatchStatus.AMBIGUOUS
    assert match.reasons == ("あてはまる住民が2人います",)


def test_households() -> None:
    assert REGISTER.household("1") == (HANAKO, JIRO)
    assert REGISTER.household("9") == ()
    assert ResidentRegister([Resident("山田 太郎", "ヤマダ タロウ", date(2000, 1, 1))]).household("") == ()


def test_several_residents_who_fit_in_part_are_counted() -> None:
    assert REGISTER.find(Evidence(birth_date="平成13年7月8日")).reasons == ("一部だけあてはまる住民が2人います",)


def test_nothing_personal_in_a_repr() -> None:
    evidence = Evidence("髙橋 花子", "タカハシ ハナコ", "昭和58年2月3日", "青葉市", HANAKO.my_number)
    match = REGISTER.find(evidence)
    shown = f"{HANAKO!r} {evidence!r} {match!r} {REGISTER!r} {match.reasons}"
    for value in ("髙橋", "高橋", "タカハシ", "1983", "昭和58", "青葉", HANAKO.my_number):
        assert value not in shown


KANA = st.text(alphabet="アイウエオカキクケコサシスセソ", min_size=3, max_size=8)
PEOPLE = st.builds(
    Resident,
    name=st.text(alphabet="山田川太郎花子髙橋渡邉一二三", min_size=2, max_size=5),
    kana=KANA,
    birth_date=st.dates(date(1920, 1, 1), date(2025, 12, 31)),
)


@given(st.lists(PEOPLE, min_size=1, max_size=8, unique_by=lambda person: (person.kana, person.birth_date)), st.data())
def test_whoever_is_confirmed_has_the_facts(people: list[Resident], data: st.DataObject) -> None:
    register = ResidentRegister(people)
    meant = data.draw(st.sampled_from(people))
    match = register.find(Evidence(kana=meant.kana, birth_date=format_era(meant.birth_date)))
    assert match.status is MatchStatus.CONFIRMED
    assert match.resident == meant


@given(PEOPLE, PEOPLE)
def test_one_fact_alone_never_confirms(known: Resident, other: Resident) -> None:
    register = ResidentRegister([known])
    for evidence in (
        Evidence(name=known.name),
        Evidence(kana=known.kana),
        Evidence(birth_date=known.birth_date.isoformat()),
        Evidence(birth_date=known.birth_date.isoformat(), address="どこか"),
    ):
        assert register.find(evidence) == Match(register.find(evidence).status, None, register.find(evidence).reasons)
        assert register.find(evidence).status is MatchStatus.WEAK


# --- loading -------------------------------------------------------------------------------------------------------


ROWS = f"""{HEADER}
1,タカハシ ハナコ,髙橋 花子,昭和58年2月3日,女,世帯主,100-0001,青葉市本町1,コーポ,12345678901,{HANAKO.my_number}
1,タカハシ ジロウ,髙橋 次郎,2010-05-06,男,子,,,,,
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_load(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "register.csv"
    path.write_text(ROWS, encoding=encoding)
    register = ResidentRegister.load(path)
    assert len(register) == 2
    match = register.find(Evidence(kana="タカハシ ハナコ", birth_date="昭和58年2月3日"))
    assert match.resident == Resident(
        name="髙橋 花子",
        kana="タカハシ ハナコ",
        birth_date=date(1983, 2, 3),
        household_no="1",
        sex="女",
        relationship="世帯主",
        postal_code="100-0001",
        address="青葉市本町1",
        building="コーポ",
        juminhyo_code="12345678901",
        my_number=HANAKO.my_number,
    )


def test_three_columns_are_enough_and_others_are_ignored(tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    path.write_text("birth_date, kana,備考,name\nS58.2.3,タカハシ,済,高橋\n", encoding="utf-8")
    match = ResidentRegister.load(path).find(Evidence(name="髙橋", birth_date="1983-02-03"))
    assert match.resident == Resident("高橋", "タカハシ", date(1983, 2, 3))


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("", "name, kana, birth_date"),
        ("name,kana\n高橋,タカハシ\n", "birth_date"),
        ("name,kana,birth_date\n高橋,タカハシ,昭和64年2月3日\n", "日付ではありません"),
        ("name,kana,birth_date\n高橋,,昭和63年2月3日\n", "kana が空です"),
        ("name,kana,birth_date\n高橋\n", "kana, birth_date が空です"),
    ],
)
def test_a_broken_export_is_named_by_line_and_column_only(tmp_path: Path, content: str, problem: str) -> None:
    path = tmp_path / "register.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(RegisterFormatError) as caught:
        ResidentRegister.load(path)
    assert problem in str(caught.value)
    assert "register.csv" in str(caught.value)
    assert not any(value in str(caught.value) for value in ("高橋", "タカハシ", "64", "63"))
    assert caught.value.__cause__ is None


def test_an_unknown_encoding_or_a_missing_file(tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    path.write_bytes(b"name,kana,birth_date\n\xe3\x81\x00\x81\x00")
    with pytest.raises(RegisterFormatError, match="cp932"):
        ResidentRegister.load(path)
    with pytest.raises(RegisterFormatError, match="開けません"):
        ResidentRegister.load(tmp_path / "missing.csv")
