"""Fit how sure the reading of a field is, choose from which confidence it needs no eyes, and measure the promise.

    python classifiers/field_confidence/build.py

Generated forms of the demo city (see ``munibots.demo.city.filled_forms``) are read and compared with the truth, in three
splits: one fits a logistic model for each field type, one chooses the thresholds, one is only measured. The splits have
seeds of their own; the last one also has forms and writers of its own, which the first two never saw. The first two hold
every page a second time, blurred, noisy and pale, because the reading makes too few errors on usual scans to learn from
them. Every split holds documents whose digits are of real hands: in those that fit and choose MNIST's 10,000 that nothing was taught
with, in the others those of load_digits' writers that nothing was taught with. A fourth split, forms of learning by writers of the test, is
measured only, for the pages of these forms. The curves of every form and type are published in the documents and with the forms.
Needs scikit-learn, npm and the fonts that the demo city writes with.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import multiprocessing
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import cv2
import numpy as np
from rich.progress import track
from sklearn.linear_model import LogisticRegression

from munibots.bench.promise_pages import write_promise_pages
from munibots.bench.risk_coverage import Scored
from munibots.checking.bounds import error_rate_upper_bound
from munibots.definitions.form_files import load_form, load_layout
from munibots.demo.city.filled_forms import make_filled_forms, writers
from munibots.demo.paper.real_digits import MNIST_MARGIN, RealDigits, load_digits_pictures, mnist_pictures
from munibots.demo.truth import same_value
from munibots.domain.document import Page
from munibots.domain.form import FieldType
from munibots.errors import ReadingError
from munibots.reading.calibration import FEATURES_VERSION, Calibration, FieldModel, even_scale, load_calibration
from munibots.reading.reader import FormReader
from munibots.reference.postal_codes import towns

HERE = Path(__file__).parent
RECIPE = "classifiers/field_confidence/build.py 3"
SEEDS = {"fit": 7101, "threshold": 7202, "test": 7505, "learnt": 7404}
# Every field type is in both lists.
LEARNT = ("juminido", "youkaigo", "kokuho", "houjin_20go", "koseki", "shuro", "kouza")
UNSEEN = ("tennyu_tsuchi", "ninteichosa", "hoiku", "inkan", "houjin_setsuritsu", "shiminzei", "jidoteate")
FORMS = {"fit": LEARNT, "threshold": LEARNT, "test": UNSEEN, "learnt": LEARNT}
# Two thirds of the writers for learning, the others for the test.
WRITERS = {"fit": (0, 1), "threshold": (0, 1), "test": (2,), "learnt": (2,)}
MEASURED = ("test", "learnt")
PARTS = 3

_DIGITS = ("min_char_p", "margin_second", "weakest_cell_p", "cell_min_p", "row_min_p", "agreement")
_COMB = (*_DIGITS, "thinnest_px")
_ONCE = ("min_char_p", "mean_log_p", "margin_second", "margin_unconstrained", "insertion_p")
_LINE = (*_ONCE, "again_min_p", "agreement")
_MARKS = ("mark_best", "mark_second", "mark_margin")
FEATURES: dict[FieldType, tuple[str, ...]] = {
    FieldType.CHOICE: _MARKS,
    FieldType.MARKS: _MARKS,
    FieldType.DATE: (*_DIGITS, "outside_share", "date_exists", "date_margin", "era_margin"),
    FieldType.POSTAL_CODE: _COMB,
    FieldType.DIGITS: _COMB,
    FieldType.MY_NUMBER: (*_COMB, "check_digit_ok"),
    FieldType.CORPORATE_NUMBER: (*_COMB, "check_digit_ok"),
    FieldType.INSURED_NUMBER: _COMB,
    FieldType.ACCOUNT: _COMB,
    FieldType.YEN: _COMB,
    FieldType.PHONE: _LINE,
    FieldType.KANA: (*_ONCE, "doubts"),
    FieldType.ADDRESS: (*_LINE, "lexicon_match", "n_chars"),
    FieldType.TEXT: (*_ONCE, "n_chars"),
    FieldType.NAME: ("min_char_p", "mean_log_p", "margin_second", "has_variant", "may_hide_variant", "sealed"),
}
# Names: variant characters are read wrongly with full confidence. Kana: a voicing mark that the scan swallowed leaves a
# clear other kana. Free text: nobody acts on it unseen. These need a person or a register that says the same.
NEVER = frozenset({FieldType.NAME, FieldType.KANA, FieldType.TEXT})
# Log odds between the most confident error of a usual scan and the threshold, and the least that is asked of any field.
MARGIN, LEAST = 1.0, 0.9
# Pages that were made pale are worse than what the promise speaks of; among them this share may be wrong. Digits of real hands
# are not: what is right of them is held to the promise itself.
ALLOWED = {"pale": 0.002, "hands": 0.001}
LEAST_SHARE = 0.2


class Row(NamedTuple):
    """One filled field."""

    kind: FieldType
    features: dict[str, float]
    right: bool
    has_value: bool


def pale(page: Page, rng: np.random.Generator) -> Page:
    """The page as a bad machine gives it: blurred, pale, noisy."""
    k = page.dpi / 200
    pixels = cv2.GaussianBlur(page.pixels, (0, 0), float(rng.uniform(0.9, 2.0)) * k).astype(np.float32)
    pixels = 255 - (255 - pixels) * float(rng.uniform(0.45, 0.9))
    pixels += rng.normal(0, float(rng.uniform(6, 20)), pixels.shape)
    return replace(page, pixels=np.clip(pixels, 0, 255).astype(np.uint8))


@cache
def reader() -> FormReader:
    """Reads all forms, so that each page must also be told from the others."""
    forms = [(load_form(name), load_layout(name)) for name in (*LEARNT, *UNSEEN)]
    return FormReader(forms, None, towns=lambda code: [f"{t.prefecture}{t.city}{t.town}" for t in towns(code)])


@cache
def hands(split: str) -> RealDigits:
    """Digits of writers that classifiers/digit_reader never saw."""
    if split in MEASURED:
        return RealDigits(*load_digits_pictures("held out"))
    return RealDigits(*mnist_pictures("t10k"), margin=MNIST_MARGIN)


def read_rows(task: tuple[str, str, int]) -> list[tuple[Row, str]]:
    """Every filled field of a split's forms of one kind, and how its page was made: ``usual``, ``pale`` or ``hands``."""
    return list(_rows(*task))


def _rows(split: str, form_id: str, count: int) -> Iterator[tuple[Row, str]]:
    form = load_form(form_id)
    rng = np.random.default_rng([SEEDS[split], *form_id.encode()])
    fonts = [path for part in WRITERS[split] for path in writers(part, PARTS)]
    usual = make_filled_forms(form_id, count, SEEDS[split], fonts=fonts)
    by_hand = make_filled_forms(form_id, count // 2, f"{SEEDS[split]}/hands", fonts=fonts, digits=hands(split))
    for filled, made in (*((f, "usual") for f in usual), *((f, "hands") for f in by_hand)):
        for page in filled.pages:
            for worse in (made, "pale") if made == "usual" and split not in MEASURED else (made,):
                try:
                    reading = reader().read(pale(page, rng) if worse == "pale" else page)
                except ReadingError:
                    continue
                for value in reading.values:
                    if value.blank:
                        continue
                    kind = form.field(value.name).type
                    right = same_value(kind, value.value, filled.truth[value.name])
                    yield Row(kind, dict(value.features), right, value.value is not None), worse


def matrix(rows: Sequence[Row], names: Sequence[str], mean: Sequence[float]) -> np.ndarray:
    """Features on their even scale, shape (rows, names); one that is missing is the mean."""
    return np.array(
        [
            [even_scale(n, r.features[n]) if n in r.features else m for n, m in zip(names, mean, strict=True)]
            for r in rows
        ]
    )


def fit(kind: FieldType, rows: Sequence[Row]) -> FieldModel:
    """A logistic model without threshold. Errors weigh more, so that the few there are shape it."""
    names = FEATURES[kind]
    mean = [float(np.mean([even_scale(n, r.features[n]) for r in rows if n in r.features] or [0.0])) for n in names]
    x = matrix(rows, names, mean)
    scale = np.maximum(x.std(axis=0), 0.05)
    z = np.clip((x - np.array(mean)) / scale, -4, 4)
    y = np.array([r.right for r in rows])
    # Invented errors at the bad end of every feature keep a type that was always right from having no model at all.
    wrong_end = np.where(np.isin(names, ("mark_second", "margin_unconstrained", "insertion_p", "outside_share", "doubts",
                                         "has_variant", "may_hide_variant", "sealed", "n_chars")), 2.5, -2.5)  # fmt: skip
    z = np.vstack([z, np.diag(wrong_end), wrong_end[None, :]])
    y = np.concatenate([y, np.zeros(len(names) + 1, bool)])
    model = LogisticRegression(C=1.0, max_iter=2000).fit(z, y)
    return FieldModel(
        names,
        tuple(round(m, 6) for m in mean),
        tuple(round(float(s), 6) for s in scale),
        tuple(round(float(w), 6) for w in model.coef_[0]),
        round(float(model.intercept_[0]), 6),
        None,
    )


def choose_threshold(model: FieldModel, rows: Sequence[tuple[Row, str]]) -> float | None:
    """Clear of every error on usual scans by a margin in log odds, of nearly every other one, and at least 0.9.

    Returns:
        ``None`` where too little would remain.
    """
    scored = [(model.probability(r.features), r.right, made) for r, made in rows if r.has_value]
    worst = max((p for p, right, made in scored if not right and made == "usual"), default=0.0)
    odds = math.log(max(worst, 1e-9) / max(1 - worst, 1e-9)) + MARGIN
    of = {made: [(p, right) for p, right, m in scored if m == made] for made in ALLOWED}
    clear = [_clear_of_errors(of[made], share) for made, share in ALLOWED.items()]
    threshold = max(LEAST, 1 / (1 + math.exp(-min(30.0, odds))), *clear)
    usual = [p for p, _, made in scored if made == "usual"]
    if sum(p >= threshold for p in usual) < LEAST_SHARE * max(1, len(usual)):
        return None
    return round(min(threshold, 0.999999), 6)


def _clear_of_errors(scored: Sequence[tuple[float, bool]], allowed: float) -> float:
    """The lowest level above which no more than the allowed share is wrong."""
    level, wrong = 1.0, 0
    for n, (p, right) in enumerate(sorted(scored, reverse=True), start=1):
        wrong += not right
        if wrong <= allowed * n:
            level = p
        elif wrong > 1 + allowed * len(scored):
            break
    return level if scored else 0.0


def measure(calibration: Calibration, rows: Sequence[Row]) -> dict[str, dict[str, float]]:
    """Per type and in all: fields, right, accepted, wrong among accepted with its upper bound."""
    report: dict[str, dict[str, float]] = {}
    total = [0, 0, 0, 0]
    for kind in FEATURES:
        mine = [r for r in rows if r.kind is kind]
        threshold = calibration.accept_at(kind)
        accepted = [
            r
            for r in mine
            if threshold is not None and r.has_value and calibration.probability(kind, r.features) >= threshold
        ]
        counts = [len(mine), sum(r.right for r in mine), len(accepted), sum(not r.right for r in accepted)]
        total = [a + b for a, b in zip(total, counts, strict=True)]
        report[kind.value] = _line(counts)
    return report | {"all": _line(total)}


def _line(counts: Sequence[int]) -> dict[str, float]:
    fields, right, accepted, wrong = counts
    return {
        "fields": fields,
        "right": right,
        "accepted": accepted,
        "accepted_share": round(accepted / max(1, fields), 4),
        "accepted_wrong": wrong,
        "wrong_upper_bound_95": round(error_rate_upper_bound(wrong, accepted), 5),
    }


def main() -> None:
    """Read, fit, choose, measure, write."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--forms", type=int, default=40, help="documents of each kind in a split")
    arguments.add_argument("--processes", type=int, default=multiprocessing.cpu_count())
    arguments.add_argument("--publish-only", action="store_true", help="measure and publish what was fitted before")
    chosen = arguments.parse_args()
    splits = MEASURED if chosen.publish_only else tuple(SEEDS)
    tasks = [(split, form_id, chosen.forms) for split in splits for form_id in FORMS[split]]
    rows: dict[str, list[tuple[Row, str]]] = {split: [] for split in SEEDS}
    measured: dict[str, list[tuple[str, Row]]] = {split: [] for split in MEASURED}
    with multiprocessing.get_context("spawn").Pool(chosen.processes) as pool:
        # In the order of the tasks, whichever is done first: the artifact must not depend on the machine.
        for (split, form_id, _), found in zip(tasks, track(pool.imap(read_rows, tasks), total=len(tasks)), strict=True):
            rows[split] += found
            if split in MEASURED:
                measured[split] += [(form_id, row) for row, made in found if made == "usual"]
    if chosen.publish_only:
        publish(load_calibration(), measured, chosen.forms)
        return
    digest = hashlib.sha256(
        json.dumps(
            [[r.kind, sorted(r.features.items()), r.right] for split in rows.values() for r, _ in split]
        ).encode()
    ).hexdigest()
    models = {}
    for kind in FEATURES:
        model = fit(kind, [r for r, _ in rows["fit"] if r.kind is kind])
        seen = [(r, made) for split in ("fit", "threshold") for r, made in rows[split] if r.kind is kind]
        models[kind] = model if kind in NEVER else replace(model, accept_at=choose_threshold(model, seen))
    calibration = Calibration(MappingProxyType(models), RECIPE, digest)

    artifact = HERE / "artifact" / "calibration.json"
    artifact.parent.mkdir(exist_ok=True)
    artifact.write_text(json.dumps(calibration.to_json(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    metrics = {
        "recipe": RECIPE,
        "features_version": FEATURES_VERSION,
        "data_hash": digest,
        "forms_of_each_kind": chosen.forms,
        "seeds": SEEDS,
        "forms": FORMS,
        "threshold": measure(calibration, [r for r, made in rows["threshold"] if made == "usual"]),
        "test": measure(calibration, [r for r, made in rows["test"] if made == "usual"]),
        "test_hands": measure(calibration, [r for r, made in rows["test"] if made == "hands"]),
        "threshold_hands": measure(calibration, [r for r, made in rows["threshold"] if made == "hands"]),
        "threshold_pale": measure(calibration, [r for r, made in rows["threshold"] if made == "pale"]),
    }
    (HERE / "metrics.json").write_text(json.dumps(metrics, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    (HERE / "classifier.yaml").write_text(
        f"""# build.py が書きます。手で直さないでください。
id: field_confidence
name_ja: 項目の確からしさ
kind: field_confidence
artifact: artifact/calibration.json
sha256: {hashlib.sha256(artifact.read_bytes()).hexdigest()}
recipe: {RECIPE}
features_version: {FEATURES_VERSION}
data_hash: {digest}
""",
        encoding="utf-8",
    )
    (HERE / "MODEL_CARD.md").write_text(_card(metrics, calibration), encoding="utf-8")
    publish(calibration, measured, chosen.forms)
    print(json.dumps(metrics["test"], indent=1))


def publish(calibration: Calibration, measured: dict[str, list[tuple[str, Row]]], forms: int) -> None:
    """Write the risk–coverage curves of every form and type, and the tables beside them."""
    scored = {
        split: [
            Scored(
                form_id,
                r.kind,
                calibration.probability(r.kind, r.features) if r.has_value else None,
                calibration.accept_at(r.kind),
                r.right,
            )
            for form_id, r in found
        ]
        for split, found in measured.items()
    }
    how = {
        "作り方": f"`python classifiers/field_confidence/build.py --forms {forms}`({calibration.recipe})",
        "データ": f"デモ市の合成の届出書。様式ごとに {forms} 件(軽いスキャンと荒いスキャンを半分ずつ)、種 {', '.join(str(SEEDS[s]) for s in MEASURED)}",
        "確信度": f"学習データのハッシュ `{calibration.data_hash[:16]}`",
    }
    write_promise_pages(HERE.parents[1], scored["test"], scored["learnt"], how)


def _table(measured: dict, calibration: Calibration) -> str:
    lines = [
        f"| {kind} | {m['fields']} | {m['right']} | {m['accepted']} | {m['accepted_share']:.1%} | {m['accepted_wrong']} "
        f"| {m['wrong_upper_bound_95']:.2%} | {_threshold(calibration, kind)} |"
        for kind, m in measured.items()
    ]
    head = "| 種類 | 記入欄 | 正しい | 受け入れ | 割合 | うち誤り | 誤り率の95%上限 | 下限 |\n|---|---|---|---|---|---|---|---|"
    return "\n".join((head, *lines))


def _card(metrics: dict, calibration: Calibration) -> str:
    return f"""# 項目の確からしさ(field_confidence)

読み取りの証拠(文字の確率、次点との差、二度読みの一致、検査数字など)から、その項目の値が正しい確率を求めるロジスティック回帰です。
項目の種類ごとに、人の目を通さずに受け入れてよい下限 `accept_at` も持ちます。

- 作り方: `python classifiers/field_confidence/build.py --forms {metrics["forms_of_each_kind"]}`({metrics["recipe"]})
- データ: デモ市の合成の届出書(学習、下限決め、検査の 3 組、様式ごとに {metrics["forms_of_each_kind"]} 件、種 {metrics["seeds"]})。
  実在の人の情報は使っていません。
- 学習と下限決めの様式: {"、".join(LEARNT)}。検査の様式: {"、".join(UNSEEN)}。検査の様式と筆者(書体)は、学習にも下限決めにも使っていません。
- データのハッシュ: `{metrics["data_hash"]}`
- 学習用と下限用の組には、同じ用紙をぼかし・薄く・雑音を加えたものと、数字を実際の手書き(MNIST の評価用 1 万字)に替えたものも入れています。

## 検査用の組での成績

{_table(metrics["test"], calibration)}

## 数字だけを実際の手書きにした用紙での成績

検査用の様式と筆者の用紙の数字を、学習に使っていない筆者の `load_digits` の数字に替えたものです。

{_table(metrics["test_hands"], calibration)}

## 使ってはいけない場面

- 氏名・ふりがな・摘要は、この確からしさだけでは決して受け入れません(髙・﨑・邉・𠮷 などは高い確率で読み誤り、濁点はスキャンで消えることがあります)。
  人が見るか、住民の登録と一致したときだけ受け入れます。
- 数字のほかは手書き風の書体による合成データでの値です。実際の手書きではこれより悪くなります。自市の用紙で測り直してから使ってください。
"""


def _threshold(calibration: Calibration, kind: str) -> str:
    threshold = calibration.accept_at(FieldType(kind)) if kind != "all" else None
    return "―" if threshold is None else f"{threshold:.4f}"


if __name__ == "__main__":
    main()
