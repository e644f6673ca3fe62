"""What a run leaves behind holds nothing personal: logs at the finest level, listeners' files, pictures' names, errors."""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from munibots.domain.case import CaseState
from munibots.japanese.addresses import split_building
from munibots.japanese.kana import to_katakana
from munibots.japanese.width import to_half_kana

if TYPE_CHECKING:
    from tests.acceptance.conftest import City

pytestmark = pytest.mark.acceptance

# Choices tell nothing of a person; the dates of the movement may be the day of the run.
_HARMLESS = ("kind", "relation", "relationship", "sex", "notification_date", "movement_date")
_BASE64 = re.compile(rb'"([A-Za-z0-9+/]{24,}={0,2})"')


def personal(values: dict[str, str]) -> set[str]:
    """Every text that must not be found, as read, as typed, and split."""
    found: set[str] = set()
    for name, value in values.items():
        if value and not name.endswith(_HARMLESS):
            half = to_half_kana(to_katakana(value))
            found |= {value, value.replace(" ", "\u3000"), half, value.replace("-", "")}
            found |= {part for part in split_building(value) if len(part) > 2}
            found |= {part for text in (value, half) for part in text.split() if len(part) > 1}
    found |= {f"{n[:4]}-{n[4:8]}-{n[8:]}" for n in found if re.fullmatch(r"\d{12}", n)}
    return found | {text.encode("ascii", "backslashreplace").decode() for text in found}


def contents(path: Path) -> Iterator[bytes]:
    """A file, and what is packed in it: log.html holds its texts compressed."""
    raw = path.read_bytes()
    yield raw
    for packed in _BASE64.findall(raw):
        try:
            yield zlib.decompress(base64.b64decode(packed))
        except (ValueError, zlib.error):
            continue


def leaks(folder: Path, texts: set[str]) -> list[tuple[str, int]]:
    """File and how many of the texts it holds; never the texts, this is a log too."""
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            whole = b"\n".join(contents(path))
            held = sum(text.encode() in whole for text in texts)
            if held:
                found.append((path.name, held))
    return found


def test_the_search_finds_what_is_packed(tmp_path: Path) -> None:
    packed = base64.b64encode(zlib.compress("榎戸 久美 榎戸 久美".encode())).decode()
    (tmp_path / "log.html").write_text(f'window.output["strings"]=["{packed}"]', encoding="utf-8")
    assert leaks(tmp_path, {"榎戸"}) == [("log.html", 1)]


def test_a_run_at_the_finest_log_level_leaves_nothing_personal(
    city: City, move_in: dict[str, str], move_within: dict[str, str], capfd: pytest.CaptureFixture[str]
) -> None:
    values = [
        move_in,
        {**move_within, "mover1_birth_date": "1961-02-04"},
        {**move_in, "mover1_kana": "エノキド ミチル", "mover1_name": "榎戸 𠮷満"},
        {**move_in, "mover1_kana": "エノキド ワカナ", "domicile": "香川県みどり市" + "本町" * 20},
        {**move_in, "mover1_kana": "エノキド ノブヨ", "remarks": "長い摘要" * 8},
        {**move_in, "mover1_kana": "エノキド サツキ", "mover1_my_number": "123456789012"},
    ]
    ids = [city.approve(v) for v in values]
    result = city.run(log_level="TRACE")
    assert [city.case(c).state for c in ids] == [CaseState.ENTERED] + [CaseState.FLAGGED] * 5

    texts = set().union(*map(personal, values)) | {"tsubasa"}
    assert {p.name for p in result.folder.iterdir()} >= {"output.xml", "log.html", "report.html", "screens"}
    assert (result.folder / "output.xml").read_bytes().count(b'level="TRACE"') > 50
    assert leaks(result.folder, texts) == []
    printed = "".join(capfd.readouterr())
    problems = "".join(str(city.case(c).problem) + str(city.store.audit(c)) for c in ids)
    assert [len(t) for t in texts if t in printed + problems] == []
