from __future__ import annotations

import base64
import hashlib
import io
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from munibots.definitions.form_files import load_form
from munibots.reporting.html import write_report

if TYPE_CHECKING:
    from .conftest import Filled

VOID = {"meta", "img", "input", "br", "link", "hr"}


class Outline(HTMLParser):
    """Checks that tags are balanced; collects ids, links and headings."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.headings: list[int] = []
        self.images_without_alt = 0
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.tags.add(tag)
        if tag not in VOID:
            self.open.append(tag)
        if named.get("id"):
            self.ids.append(str(named["id"]))
        if str(named.get("href", "")).startswith("#"):
            self.links.append(str(named["href"])[1:])
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        self.images_without_alt += tag == "img" and not named.get("alt")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def page(filled: Filled, tmp_path_factory: pytest.TempPathFactory) -> str:
    out = tmp_path_factory.mktemp("report") / "below" / "report.html"
    written = write_report(
        filled.store,
        out,
        title_ja="住民異動届 入力結果報告",
        truth=filled.truth,
        figures={"entered_twice": 0, "lost": 0, "seconds": 75.0},
        profile_name_ja="デモ市",
    )
    assert written == out
    return out.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def outline(page: str) -> Outline:
    parser = Outline()
    parser.feed(page)
    parser.close()
    return parser


def test_tags_are_balanced_and_ids_unique(outline: Outline) -> None:
    assert outline.open == []
    assert len(outline.ids) == len(set(outline.ids))
    assert set(outline.links) <= set(outline.ids)


def test_it_asks_nothing_from_outside(page: str, outline: Outline) -> None:
    assert "http://" not in page
    assert "https://" not in page
    assert not {"link", "iframe", "object", "embed"} & outline.tags
    assert all(src.startswith("data:image/") for src in re.findall(r'src="([^"]*)"', page))
    assert all(h.startswith(("#", "data:image/")) for h in re.findall(r'href="([^"]*)"', page))
    assert "url(" not in page
    assert "@import" not in page


def test_only_the_script_whose_hash_is_announced_runs(page: str) -> None:
    (script,) = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src &#39;sha256-{digest}&#39;" in page or f"script-src 'sha256-{digest}'" in page
    assert not re.search(r"\son[a-z]+=", page)


def test_no_personal_value_is_in_the_page(page: str, filled: Filled) -> None:
    assert len(filled.personal) > 100
    found = {v for v in filled.personal if v in page or "".join(v.split()) in page}
    assert not found
    for part in ("架空", "かくうやま", "試験市", "0999-", "999-00", "誤"):
        # 誤 is also an ordinary word of the report; as the last character of a misread value it would stand before a tag.
        assert (part not in page) if part != "誤" else ("誤<" not in page)


def test_no_choice_of_a_case_can_be_told(page: str) -> None:
    cards = page[page.index('<div class="list">') : page.index("<footer")]
    relations = next(f for f in load_form("juminido").fields if f.name == "notifier_relation").choices
    for word in [c.name for c in relations] + ["世帯変更"]:
        assert f">{word}<" not in cards


def test_no_picture_says_anything_of_itself(page: str) -> None:
    uris = set(re.findall(r"data:image/(?:png|jpeg);base64,([A-Za-z0-9+/=]+)", page))
    assert len(uris) > 3
    for uri in uris:
        data = base64.b64decode(uri)
        with Image.open(io.BytesIO(data)) as picture:
            assert not picture.getexif()
            assert "comment" not in picture.info
        assert "架空山".encode() not in data


def test_a_reader_without_sight_can_follow(page: str, outline: Outline) -> None:
    assert '<html lang="ja">' in page
    assert outline.images_without_alt == 0
    assert outline.headings[0] == 1
    assert outline.headings.count(1) == 1
    steps = [b - a for a, b in zip(outline.headings, outline.headings[1:], strict=False)]
    assert max(steps) <= 1, "no level of heading is skipped"
    assert page.count('role="img" aria-label="') >= 3


def test_the_figures_stand_at_the_top(page: str) -> None:
    assert "12 件の届を受け付け、8 件を基幹システムに入力しました。" in page
    assert "二重入力と紛失はありません。" in page
    assert "職員の対応を待つ案件が 3 件あります。" in page
    assert "1 分 15 秒" in page


def test_each_case_is_a_card_that_opens_without_a_script(page: str, filled: Filled) -> None:
    assert page.count('<details class="case"') == len(filled.ids)
    assert all(f"<dd>{case_id}</dd>" in page for case_id in filled.ids)
    assert '<div class="tools" hidden>' in page
    assert "<code>munibots review decide" in page, "commands of the next step are set as code"


def test_boxes_are_drawn_in_their_three_kinds(page: str) -> None:
    for kind in ("accepted", "decided", "waiting"):
        assert re.search(rf'<a class="box {kind}', page)
    assert '<span class="box blank"' in page
    assert page.count("<symbol") == 1, "the blank form is in the file once"
    assert "様式が分からないページは、ぼかしています" in page


def test_without_truth_there_is_no_reliability_plot_and_no_claim(filled: Filled, tmp_path: Path) -> None:
    out = write_report(filled.store, tmp_path / "r.html", title_ja="報告 <1>", profile_name_ja="デモ市")
    page = out.read_text(encoding="utf-8")
    assert "確信度は当たっているか" not in page
    assert "正解と" not in page
    assert "基幹システムとの突き合わせをしていません。" in page
    assert "報告 &lt;1&gt;" in page


def test_an_empty_store_has_a_report_too(tmp_path: Path) -> None:
    from munibots.stores.case_store import CaseStore

    with CaseStore.open(f"sqlite:///{tmp_path / 'cases.db'}") as store:
        out = write_report(store, tmp_path / "r.html", title_ja="空", profile_name_ja="デモ市")
    assert "案件はありません。" in out.read_text(encoding="utf-8")


def test_a_broken_promise_stands_at_the_top(tmp_path: Path) -> None:
    from munibots.domain.promise import LevelChange, LevelOrigin
    from munibots.stores.case_store import CaseStore

    with CaseStore.open(f"sqlite:///{tmp_path / 'cases.db'}") as store:
        change = LevelChange("demo", "date", 0.99999, LevelOrigin.TIGHTENED, 40, 3, 400.0)
        assert store.change_level(change, after_seq=0, former=0.98, actor="promise")
        out = write_report(store, tmp_path / "r.html", title_ja="空", profile_name_ja="デモ市")
    assert "約束が破れたため、基準を引き上げています(日付)" in out.read_text(encoding="utf-8")
