"""Reading, measured on forms and writers that the confidence was not fitted on: exactness, the promise, the cost.

One run reads every page once, and gives some of the same pages to whole-page OCR. Seeds are fixed, so that anyone with the
same fonts gets the same pages.
"""

from __future__ import annotations

import csv
import json
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from munibots.bench.figures import Figure, Measurement, Progress, conditions
from munibots.bench.handwritten_digits import read_handwritten
from munibots.bench.peers import Peer, PeerScore, installed_peers, peer_value, timed_words
from munibots.checking.bounds import error_rate_upper_bound
from munibots.definitions.form_files import load_form, load_layout
from munibots.definitions.profile_files import REGISTER_VARIABLE, load_profile
from munibots.demo.city.filled_forms import FilledForm, make_filled_forms, residents_of, writers
from munibots.demo.city.foreign import make_foreign_pages
from munibots.demo.environment import environment
from munibots.demo.truth import same_value
from munibots.domain.form import FieldType, Form
from munibots.domain.reading import DocumentReading, FieldValue
from munibots.errors import EnvironmentNotReadyError
from munibots.pipeline.document_reader import DocumentReader
from munibots.pipeline.stacks import Seen
from munibots.shipped import shipped_folder

if TYPE_CHECKING:
    from numpy import uint8
    from numpy.typing import NDArray

DEFAULT_N = 60
"""Documents of each kind: about 10,000 fields."""

SEED = 90_001
FOREIGN_PAGES = 200
PEER_EVERY = 20
"""One page in so many is given to the peers as well: they cost three times as much as all the rest."""

ALPHA = 0.001

# What the library means to reach on hard scans: exact fields of all fields, by type.
GOALS: Mapping[FieldType, float] = {
    FieldType.DATE: 0.97,
    FieldType.PHONE: 0.98,
    FieldType.KANA: 0.97,
    FieldType.CHOICE: 0.998,
    FieldType.MARKS: 0.998,
    FieldType.ADDRESS: 0.95,
    FieldType.NAME: 0.90,
    **dict.fromkeys(
        (
            FieldType.MY_NUMBER,
            FieldType.CORPORATE_NUMBER,
            FieldType.INSURED_NUMBER,
            FieldType.DIGITS,
            FieldType.POSTAL_CODE,
            FieldType.ACCOUNT,
            FieldType.YEN,
        ),
        0.97,
    ),
}


@dataclass(slots=True)
class _Tally:
    fields: Counter[FieldType] = field(default_factory=Counter)
    hard: Counter[FieldType] = field(default_factory=Counter)
    hard_exact: Counter[FieldType] = field(default_factory=Counter)
    accepted: Counter[bool] = field(default_factory=Counter)
    accepted_wrong: Counter[bool] = field(default_factory=Counter)
    pages: int = 0
    form_wrong: int = 0
    cpu_s: float = 0.0
    wall_s: float = 0.0


def measure(n: int, progress: Progress) -> Measurement:
    """Read ``n`` documents of each kind that the confidence has never seen, and foreign pages."""
    begun = conditions()
    metrics = json.loads((shipped_folder("classifiers") / "field_confidence" / "metrics.json").read_text("utf-8"))
    form_ids: list[str] = metrics["forms"]["test"]
    fonts = writers(2, 3)
    total = n * len(form_ids) + FOREIGN_PAGES
    engines = installed_peers()
    tally, peers = _Tally(), {engine.name: PeerScore() for engine in engines}
    reader = DocumentReader(load_profile("demo"))
    done = 0
    for form_id in form_ids:
        forms = list(make_filled_forms(form_id, n, SEED, fonts=fonts))
        with _register_of(forms) as with_register:
            for filled in forms:
                _read(reader, with_register, filled, tally, engines if done % PEER_EVERY == 0 else (), peers)
                done += 1
                progress(done, total)
    foreign_taken = 0
    for page, _ in make_foreign_pages(FOREIGN_PAGES, SEED):
        foreign_taken += reader.look(page).seen.seen is Seen.FORM
        done += 1
        progress(done, total)
    figures = (*_figures(tally, peers, foreign_taken), *_handwritten(reader, max(1, n // 2)))
    return Measurement("read", n, figures, begun)


def _handwritten(reader: DocumentReader, sheets: int) -> Iterator[Figure]:
    """Real digits in the boxes, where scikit-learn brings them."""
    try:
        score = read_handwritten(reader, sheets, SEED)
    except EnvironmentNotReadyError:
        return
    for length, rows in sorted(score.rows.items()):
        share = round(score.exact[length] / rows, 4)
        yield Figure(f"exact_handwritten_rows_{length}", f"手書きの {length} 桁が正しい割合(n={rows})", share, "")
    rows = score.rows.total()
    share = round(score.exact.total() / max(1, rows), 4)
    yield Figure("exact_handwritten_rows", f"手書きの数字の列が正しい割合(n={rows})", share, "", None, 0.97)
    share = round(score.digits_right / max(1, score.digits), 4)
    yield Figure("exact_handwritten_digits", f"手書きの数字が正しい割合(n={score.digits})", share, "")
    yield Figure(
        "wrong_handwritten", f"手書きの列のうち、人の目なしで誤り({score.accepted} 列中)", score.accepted_wrong, "", 0
    )


def _read(
    reader: DocumentReader,
    with_register: DocumentReader,
    filled: FilledForm,
    tally: _Tally,
    engines: Sequence[Peer],
    peers: Mapping[str, PeerScore],
) -> None:
    form = load_form(filled.form_id)
    cpu, wall = time.process_time(), time.perf_counter()
    evidence = reader.read(filled.pages)
    tally.cpu_s += time.process_time() - cpu
    tally.wall_s += time.perf_counter() - wall
    tally.pages += len(filled.pages)
    reading = evidence.reading
    if reading.match.form_id != filled.form_id:
        tally.form_wrong += 1
        return
    confirmed, _ = with_register.check(form, reading.values)
    for alone, helped in zip(reading.values, confirmed, strict=True):
        _count(form, filled, alone, helped, tally)
    for engine in engines:
        _read_by_peer(engine, peers[engine.name], form, filled, reading, evidence.uprights)


def _count(form: Form, filled: FilledForm, alone: FieldValue, helped: FieldValue, tally: _Tally) -> None:
    kind, true = form.field(alone.name).type, filled.truth[alone.name]
    if true is None and alone.blank:
        return
    tally.fields[kind] += 1
    if filled.level == "hard":
        tally.hard[kind] += 1
        tally.hard_exact[kind] += same_value(kind, alone.value, true)
    for register, value in ((False, alone), (True, helped)):
        tally.accepted[register] += value.accepted
        tally.accepted_wrong[register] += value.accepted and not same_value(kind, value.value, true)


def _read_by_peer(
    engine: Peer,
    score: PeerScore,
    form: Form,
    filled: FilledForm,
    reading: DocumentReading,
    uprights: Mapping[int, NDArray[uint8]],
) -> None:
    layout = load_layout(form.id)
    for page_index, picture in uprights.items():
        words, cpu = timed_words(engine, picture)
        score.pages += 1
        score.cpu_s += cpu
        for region in layout.regions:
            slot = form.field(region.field)
            # Marks are no text: whole-page OCR has nothing to say of them.
            if region.page_index != page_index or slot.type in (FieldType.CHOICE, FieldType.MARKS):
                continue
            true = filled.truth[slot.name]
            if true is not None:
                score.fields += 1
                score.right += same_value(slot.type, peer_value(words, slot, region), true)


def _figures(tally: _Tally, peers: Mapping[str, PeerScore], foreign_taken: int) -> Iterator[Figure]:
    n_fields = tally.fields.total()
    yield Figure("pages", "読んだページ", tally.pages, "")
    yield Figure("fields", "記入のあった項目", n_fields, "")
    yield Figure("form_wrong", "様式を取り違えた書類", tally.form_wrong, "", 0)
    yield Figure("foreign_taken", f"様式でない {FOREIGN_PAGES} ページのうち様式としたもの", foreign_taken, "", 0)
    for kind, n in sorted(tally.hard.items()):
        exact = tally.hard_exact[kind] / n
        goal = GOALS.get(kind)
        name = f"exact_hard_{kind.value}"
        yield Figure(name, f"荒いスキャンで正しく読めた割合: {kind.value}(n={n})", round(exact, 4), "", None, goal)
    for register, words in ((False, "台帳なし"), (True, "台帳あり")):
        accepted, wrong = tally.accepted[register], tally.accepted_wrong[register]
        suffix = "with_register" if register else "alone"
        share = accepted / max(1, n_fields)
        least = 0.70 if register else 0.55
        bound = error_rate_upper_bound(wrong, accepted)
        yield Figure(f"accepted_{suffix}", f"人の目が要らない項目の割合({words})", round(share, 4), "", None, least)
        yield Figure(f"wrong_{suffix}", f"そのうち誤り({words}、{accepted} 項目中)", wrong, "")
        yield Figure(f"bound_{suffix}", f"誤り率の 95% 上限({words})", round(bound, 6), "", ALPHA)
    cpu = tally.cpu_s / max(1, tally.pages)
    yield Figure("cpu_s_per_page", "1 ページの CPU 時間", round(cpu, 3), "s", 0.9)
    yield Figure("wall_s_per_page", "1 ページの経過時間", round(tally.wall_s / max(1, tally.pages), 3), "s")
    for name, score in peers.items():
        each = score.cpu_s / max(1, score.pages)
        yield Figure(f"{name}_cpu_s_per_page", f"{name} ページ全体(n={score.pages})", round(each, 3), "s")
        right = score.right / max(1, score.fields)
        yield Figure(f"{name}_exact", f"{name} 文字の項目が正しい割合(n={score.fields})", round(right, 4), "")
    if peers["rapidocr"].cpu_s:
        ratio = cpu / (peers["rapidocr"].cpu_s / peers["rapidocr"].pages)
        yield Figure("cpu_ratio_to_rapidocr", "CPU 時間の比(rapidocr ページ全体に対して)", round(ratio, 3), "", 1 / 3)


@contextmanager
def _register_of(forms: Sequence[FilledForm]) -> Iterator[DocumentReader]:
    """A reader of a city whose register knows the persons of these forms, and a thousand others."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "residents.csv"
        columns = ("name", "kana", "birth_date", "address", "my_number")
        with file.open("w", encoding="utf-8", newline="") as out:
            rows = csv.writer(out)
            rows.writerow(columns)
            rows.writerows([getattr(r, c) for c in columns] for r in residents_of(forms))
        with environment({REGISTER_VARIABLE: str(file)}):
            profile = load_profile("demo")
        yield DocumentReader(profile)
