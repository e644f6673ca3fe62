"""Seal the rules of thumb of the triage and measure them on made-up tasks.

    python classifiers/task_triage/build.py

Nothing is trained: ``artifact/`` is written by hand. ``tasks.csv`` holds tasks that were made up for this, with the answers that
were written down before any weight was chosen: the set 調整 was looked at while the weights were set, the set 検査 was only
measured. This writes ``classifier.yaml`` (SHA-256 of the artifact), ``metrics.json``, ``MODEL_CARD.md`` and ``axes.svg``.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import Any

from munibots.classifying.triage import Proposal, Triage, load_triage_folder
from munibots.definitions.task_list import read_task_list
from munibots.domain.task import APPROACHES_JA
from munibots.reporting.two_axes import two_axes_picture

HERE = Path(__file__).parent
RECIPE = "classifiers/task_triage/build.py 1"
SETS = {"調整": "tuned", "検査": "held_out"}
STAFF = "職員が判断"


def sha256(path: Path) -> str:
    """Of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def write_classifier(data_hash: str) -> None:
    """The card that names the artifact."""
    lines = [
        "# build.py が書きます。手で直さないでください。",
        "id: task_triage",
        "name_ja: 業務の仕分け",
        "kind: task_triage",
        "artifact: artifact/rules.yaml",
        f'sha256: "{sha256(HERE / "artifact" / "rules.yaml")}"',
        f"recipe: {RECIPE}",
        f'data_hash: "{data_hash}"',
        "files:",
        f'  artifact/assumptions.yaml: "{sha256(HERE / "artifact" / "assumptions.yaml")}"',
    ]
    (HERE / "classifier.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def short_ja(proposal: Proposal) -> str:
    """The answer as the set names it."""
    return STAFF if proposal.approach is None else APPROACHES_JA[proposal.approach]


def measure(triage: Triage) -> dict[str, Any]:
    """Both sets: how many answers are expected ones, how many are left to people, and each answer that is not expected."""
    tasks = read_task_list(HERE / "tasks.csv").tasks
    with (HERE / "tasks.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    answer: dict[str, Any] = {}
    for set_ja, name in SETS.items():
        pairs = [(row, triage.propose(task)) for row, task in zip(rows, tasks, strict=True) if row["組"] == set_ja]
        proposed = [(row, p) for row, p in pairs if p.approach is not None]
        right = [short_ja(p) in row["期待"].split("|") for row, p in pairs]
        answer[name] = {
            "tasks": len(pairs),
            "as_expected": sum(right),
            "left_to_people": len(pairs) - len(proposed),
            "proposed_against_expectation": sum(short_ja(p) not in row["期待"].split("|") for row, p in proposed),
            "expected": dict(Counter(row["期待"].split("|")[0] for row, _ in pairs)),
            "not_as_expected": [
                {
                    "task": row["業務名"],
                    "expected": row["期待"],
                    "answer": short_ja(p),
                    "routine": p.routine,
                    "judgement": p.judgement,
                }
                for (row, p), ok in zip(pairs, right, strict=True)
                if not ok
            ],
        }
    return answer


def model_card(metrics: dict[str, Any], triage: Triage) -> str:
    """The card for people, from the metrics."""
    names = {"tuned": "調整(点数を決めるときに見た)", "held_out": "検査(見ずに測った)"}
    rows = [
        f"| {names[name]} | {m['tasks']} | {m['as_expected']} | {m['left_to_people']} | {m['proposed_against_expectation']} |"
        for name, m in metrics["sets"].items()
    ]
    wrong = [
        f"| {names[name][:2]} | {w['task']} | {w['expected'].replace('|', '、')} | {w['answer']} | {w['routine']:+.2f} | {w['judgement']:+.2f} |"
        for name, m in metrics["sets"].items()
        for w in m["not_as_expected"]
    ]
    axes = triage.rules.axes
    assumptions = [f"| {a.label_ja} | {a.value_ja} | {a.source_ja} |" for a in triage.assumptions.all.values()]
    nothing = "| ― | ありません | ― | ― | ― | ― |"
    return f"""# 業務の仕分け(task_triage)

業務の一覧から、従来通り、AI化、RPA化、最適なアウトソーシングのどれに向くかを提案する、点数の足し算です。学習した値はありません。
点数は経験則で、`artifact/rules.yaml` にすべて書いてあります。提案には、点数のすべての内訳を理由として付けます。

- 横の軸「{axes["routine"].label_ja}」: 左は「{axes["routine"].low_ja}」、右は「{axes["routine"].high_ja}」。
- 縦の軸「{axes["judgement"].label_ja}」: 下は「{axes["judgement"].low_ja}」、上は「{axes["judgement"].high_ja}」。
- 四つの行き先の名前は、泉大津市の業務改革の取り組みに倣いました。軸の中身と点数は munibots が決めたもので、同市の分析の再現ではありません。
- 点の絶対値が {triage.rules.margin} より小さい軸があるとき、必要な列が空のとき、書かれたことが食い違うときは、提案せずに職員に返します。
- 点数は確率ではありません。
- 作り方: `python classifiers/task_triage/build.py`({RECIPE})。データのハッシュ: `{metrics["data_hash"]}`

## 測ったこと

`tasks.csv` は、この分類器のために作った架空の業務です。期待する答えは、点数を決める前に書きました。答えを書いた人と点数を決めた人は同じで、
実在の市の業務でもありません。**ひととおり働くことの確認であって、正しさの証明ではありません。**

| 組 | 業務 | 期待どおり | 職員に返した | 期待に反する提案 |
|---|---|---|---|---|
{chr(10).join(rows)}

![二つの軸の図](axes.svg)

期待と違った答え:

| 組 | 業務 | 期待 | 答え | 定型度 | 判断 |
|---|---|---|---|---|---|
{chr(10).join(wrong) or nothing}

## 削減の見込みの仮定

出典の数値は、それぞれの市と業務でのものです。団体は自分の数値で置き換えられます(`docs/triage.md`)。

| 仮定 | 値 | 出典 |
|---|---|---|
{chr(10).join(assumptions)}

## 使ってはいけない場面

- 提案だけで、業務をやめたり、委託したり、人を減らしたりすること。
- 公権力の行使に当たるかどうかの法的な判断。法的な行為の列は職員が書き、規則の出典に当たって確かめてください。戸籍のほかの窓口業務は、所管の省の通知を
  見てください。
- 削減の見込みを、予算の根拠としてそのまま使うこと。自分の団体で測った件数、分数、割合に置き換えてください。
"""


def picture(triage: Triage) -> str:
    """All tasks of both sets on the two axes."""
    proposals = [triage.propose(task) for task in read_task_list(HERE / "tasks.csv").tasks]
    return two_axes_picture(proposals, triage.rules.axes, triage.rules.margin, "業務の仕分け(架空の業務)")


def main() -> None:
    """Write the four files."""
    data_hash = sha256(HERE / "tasks.csv")
    write_classifier(data_hash)
    triage = load_triage_folder(HERE)
    metrics = {"recipe": RECIPE, "data_hash": data_hash, "sets": measure(triage)}
    (HERE / "metrics.json").write_text(json.dumps(metrics, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    (HERE / "axes.svg").write_text(picture(triage), encoding="utf-8")
    (HERE / "MODEL_CARD.md").write_text(model_card(metrics, triage), encoding="utf-8")


if __name__ == "__main__":
    main()
