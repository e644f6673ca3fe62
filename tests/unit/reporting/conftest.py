"""A real case store with synthetic cases: one of each fate, and as many more as asked for."""

from __future__ import annotations

import hashlib
import io
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from munibots.definitions.form_files import load_form, load_layout
from munibots.domain.case import CaseState
from munibots.domain.form import Field, FieldType, Severity
from munibots.domain.layout import Layout
from munibots.domain.reading import CheckResult, Decision, DocumentReading, FieldValue, FormMatch
from munibots.domain.review import Correction, Review, ReviewOutcome
from munibots.errors import CoreSystemRefusedError, UnknownFormError
from munibots.stores.case_ids import new_case_id, page_digest
from munibots.stores.case_store import CaseStore, NewCase

Value = str | tuple[str, ...] | None

_DPI = 100
_PERSONAL = {
    FieldType.NAME: "架空山 {n}太郎衛",
    FieldType.KANA: "かくうやま {n}たろうえ",
    FieldType.DATE: "19{n:02d}-02-0{d}",
    FieldType.ADDRESS: "架空県試験市見本町{n}番地の{n}号 仮荘{n}",
    FieldType.POSTAL_CODE: "999-{n:04d}",
    FieldType.PHONE: "0999-{n:02d}-{n:04d}",
    FieldType.MY_NUMBER: "9{n:05d}{n:06d}",
    FieldType.DIGITS: "8{n:04d}{n:06d}",
    FieldType.TEXT: "架空の摘要その{n}",
}


@dataclass(frozen=True)
class Filled:
    """The store, the truth, and every personal text that went into it."""

    store: CaseStore
    truth: dict[str, dict[str, Value]]
    personal: frozenset[str]
    ids: tuple[str, ...]


def made_value(field: Field, n: int) -> str:
    """A value that exists nowhere else, so that a search for it means something."""
    if field.choices:
        return field.choices[n % len(field.choices)].name
    return _PERSONAL[field.type].format(n=11 + n, d=1 + n % 9)


def jpeg(picture: Image.Image, comment: str = "") -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80, dpi=(_DPI, _DPI), comment=comment.encode())
    return out.getvalue()


def written_page(layout: Layout, fields: set[str], seed: int) -> bytes:
    """The blank page with strokes in the boxes of ``fields``, and a personal text in the file's own comment."""
    page, dice = layout.pages[0], random.Random(seed)
    with Image.open(layout.blanks[0]) as blank:
        size = (round(page.w_mm / 25.4 * _DPI), round(page.h_mm / 25.4 * _DPI))
        picture = blank.convert("L").resize(size)
    draw = ImageDraw.Draw(picture)
    for region in layout.regions:
        if region.field in fields:
            x, y, w, h = region.box.to_px(_DPI)
            for stroke in range(5 * max(2, int(w / h))):
                at = x + stroke * h // 5
                if at > x + 0.7 * w:
                    break
                ends = [(at + dice.randint(0, h // 3), y + dice.randint(h // 5, 4 * h // 5)) for _ in range(3)]
                draw.line(ends, fill=40, width=2)
    return jpeg(picture, comment="架空山 太郎衛")


def screen(text: str, colour: str = "#f4f4ee") -> bytes:
    picture = Image.new("RGB", (1280, 860), colour)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, 1280, 60), fill="#31556e")
    draw.text((30, 24), text, fill="white")
    for row in range(11):
        draw.rectangle((60, 110 + row * 60, 300, 145 + row * 60), fill="#dfe5e8")
        draw.rectangle((320, 110 + row * 60, 900, 145 + row * 60), outline="#888", fill="#222" if row % 2 else "white")
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def fill(store: CaseStore, n_cases: int) -> Filled:
    """Cases in the order: one unknown form, one refused by the core system, one rejected, one waiting, then entered ones."""
    form, layout = load_form("juminido"), load_layout("juminido", "demo")
    truth: dict[str, dict[str, Value]] = {}
    personal: set[str] = set()
    ids = []
    for n in range(n_cases):
        dice = random.Random(n)
        digest = page_digest(hashlib.sha256(f"report {n}".encode()).hexdigest(), 0)
        case_id = new_case_id(digest)
        ids.append(case_id)
        filled = {
            f.name: made_value(f, n) for f in form.fields if f.group_no in (None, 1) or (f.group_no == 2 and n % 3 == 0)
        }
        picture = written_page(layout, set(filled), n)
        source = "架空山太郎衛の転入届.pdf" if n == 3 else f"scan_{n + 1:04d}.pdf"
        store.receive(NewCase(case_id, "juminido", "demo", source, (0,), (picture,), digest))
        if n == 0:
            error = UnknownFormError(page=f"{source} p.1")
            unknown = DocumentReading(
                source,
                (0,),
                Decision.REVIEW,
                FormMatch(None, 0.0),
                problem=(error.code, error.reason_ja, error.next_step_ja),
            )
            store.save_reading(
                case_id, unknown, CaseState.NEEDS_REVIEW, actor="pipeline", fingerprint=None, auto_approved=False
            )
            continue
        values = []
        for field in form.fields:
            true = filled.get(field.name)
            read, confidence = true, None
            reasons: tuple[str, ...] = ()
            accepted = True
            if true is not None:
                confidence = 1 - dice.random() ** 3 * (0.5 if dice.random() < 0.2 else 0.012)
                accepted = (confidence >= 0.985 and field.type is not FieldType.NAME) or n % 4 == 1
                if not accepted:
                    reasons = (
                        ("氏名は台帳で確認できるまで人が見ます",)
                        if field.type is FieldType.NAME
                        else ("確信度が基準に届きません",)
                    )
                    if dice.random() > confidence and field.choices == ():
                        read = true[:-1] + "誤"
            region = layout.region(field.name)
            values.append(
                FieldValue(
                    field.name, field.label_ja, read or "", read, confidence, 0, region.box, accepted, reasons,
                    candidates=() if true is None else (f"{true}候補",),
                )
            )  # fmt: skip
            personal.update({f"{true}候補"} if true else ())
        personal.update(v for name, v in filled.items() if not form.field(name).choices)
        truth[case_id] = {f.name: filled.get(f.name) for f in form.fields}
        checks = [
            CheckResult("postal", ("new_postal_code", "new_address"), True, "新住所の郵便番号と住所が合いません。"),
            CheckResult("later", ("movement_date",), n % 4 != 2, "異動日から14日を過ぎています。", Severity.NOTICE),
        ]
        if n == 4:
            # What a careless rule might do; the report must not repeat it.
            checks.append(
                CheckResult("kana", ("mover1_kana",), False, f"{filled['mover1_kana']} はかなではありません。")
            )
        auto = all(v.accepted for v in values)
        reading = DocumentReading(
            source, (0,), Decision.APPROVE if auto else Decision.REVIEW,
            FormMatch("juminido", 0.9987, layout.id, 0.07, 180 if n == 5 else 0), tuple(values), tuple(checks),
            notices=("180 度回転しました。",) if n == 5 else (),
        )  # fmt: skip
        store.attach(case_id, "registered-1.jpg", picture, kind="registered")
        store.save_reading(
            case_id, reading, CaseState.READY if auto else CaseState.NEEDS_REVIEW, actor="pipeline",
            fingerprint=None, auto_approved=auto,
        )  # fmt: skip
        for step, seconds in (
            ("register", 0.16),
            ("recognise", 0.55),
            ("judge", 0.03),
            ("check", 0.01),
            ("total", 0.78),
        ):
            store.record_step(case_id, f"read.{step}", seconds * (0.8 + 0.5 * dice.random()))
        if n == 3:
            continue
        if not auto or n == 2:
            outcome = ReviewOutcome.REJECT if n == 2 else ReviewOutcome.APPROVE
            fixes = tuple(
                Correction(v.name, filled[v.name]) for v in values if not v.accepted and v.value != filled.get(v.name)
            )
            if store.get(case_id).state is CaseState.NEEDS_REVIEW:
                store.decide(
                    Review(case_id, "職員A", outcome, () if n == 2 else fixes, "架空の理由", 8 + 20 * dice.random()),
                    revision=store.get(case_id).revision,
                )
        if store.get(case_id).state is not CaseState.READY:
            continue
        store.change(
            case_id,
            {CaseState.READY},
            CaseState.TYPING,
            actor="robot",
            event="typing_begun",
            token="t",
            count_attempt=True,
        )
        store.record_step(case_id, "enter.type", 4 + 2 * dice.random())
        if n == 1:
            refused = CoreSystemRefusedError(case_id=case_id, screen="異動者入力", field="生年月日")
            store.attach(case_id, "failure-1.png", screen("REFUSED", "#fff4f0"), kind="screenshot")
            store.change(
                case_id, {CaseState.TYPING}, CaseState.FLAGGED, actor="robot", event="flagged", clear_token=True,
                detail={"code": refused.code, "screen": "異動者入力"},
                problem=(refused.code, refused.reason_ja, refused.next_step_ja),
            )  # fmt: skip
            continue
        store.change(case_id, {CaseState.TYPING}, CaseState.SUBMITTING, actor="robot", event="submitting")
        for name in ("confirm-1.png", "done-1.png"):
            store.attach(case_id, name, screen(name), kind="screenshot")
        store.record_step(case_id, "enter.submit", 0.6 + 0.3 * dice.random())
        store.record_step(case_id, "enter.read_back", 1.2 + 0.5 * dice.random())
        store.change(
            case_id, {CaseState.SUBMITTING}, CaseState.ENTERED, actor="robot", event="entered", clear_token=True,
            receipt_no=f"R08-{n:05d}",
        )  # fmt: skip
    return Filled(store, truth, frozenset(personal), tuple(ids))


@pytest.fixture(scope="package")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filled]:
    """Twelve cases, of every fate."""
    folder: Path = tmp_path_factory.mktemp("store")
    with CaseStore.open(f"sqlite:///{folder / 'cases.db'}") as store:
        yield fill(store, 12)
