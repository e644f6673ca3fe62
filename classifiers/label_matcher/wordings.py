"""Wordings of labels for learning: what other papers and screens, narrow columns and recognisers make of a label."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Iterator

from munibots.japanese.width import to_half_kana

# Phrases with what stands for them elsewhere. Kept apart from words.yaml on purpose: the matcher must also learn to get on
# where its words do not help.
SWAPS: dict[str, tuple[str, ...]] = {
    "氏名": ("名前", "お名前", "氏名(自署)", "氏名(漢字)", "名", "ご芳名"),
    "フリガナ": ("よみがな", "氏名(カナ)", "カナ氏名", "カナ", "氏名フリガナ", "読み方"),
    "ふりがな": ("よみがな", "氏名(かな)", "フリガナ", "読み方"),
    "生年月日": ("誕生日", "生まれた日", "生年月日(西暦)", "生年月日(和暦)", "出生日", "生年月日(大・昭・平・令)"),
    "住所": ("住居", "ご住所", "お住まい", "住所(方書まで)", "アドレス", "居所"),
    "所在地": ("住所", "場所", "所在"),
    "電話番号": ("電話", "TEL", "連絡先", "お電話", "電話番号(日中)", "ご連絡先"),
    "連絡先": ("電話番号", "電話", "TEL"),
    "個人番号": ("マイナンバー", "個人番号(マイナンバー)", "個人番号 12桁"),
    "郵便番号": ("〒", "郵便番号(7桁)", "ポストコード"),
    "続柄": ("続き柄", "間柄", "関係", "つづきがら"),
    "関係": ("続柄", "間柄"),
    "性別": ("男女の別", "性別(男・女)", "男女"),
    "年齢": ("歳", "年令"),
    "年月日": ("日", "した日", "日付", "年月日(予定)", "の日"),
    "日": ("年月日", "の日付", "した日"),
    "の有無": ("があるか", "の有・無", "はありますか", "有無"),
    "区分": ("種別", "の種類", "別"),
    "種類": ("区分", "種別"),
    "番号": ("No.", "№", "ナンバー", "の番号"),
    "理由": ("事由", "わけ", "の理由"),
    "事由": ("理由", "わけ"),
    "名称": ("名", "名前", "の名前"),
    "コード": ("CD", "番号"),
    "備考": ("摘要", "その他", "余白"),
    "摘要": ("備考", "その他"),
    "申請者": ("申請人", "申請する方", "申請をする人", "申込者"),
    "申請": ("申込", "申し込み", "申出"),
    "届出人": ("届出者", "届出をする人", "届け出た方"),
    "届出": ("届", "届け出", "お届け"),
    "請求者": ("請求人", "請求する方", "請求をする人"),
    "世帯主": ("世帯の主", "世主", "世帯主の方", "主たる人"),
    "代理人": ("代理の方", "代わりの人", "受任者"),
    "保護者": ("親", "父母", "養育者"),
    "配偶者": ("夫・妻", "夫又は妻", "つれあい"),
    "児童": ("子", "子ども", "お子様", "幼児"),
    "被保険者": ("加入者", "被保", "保険証の本人"),
    "異動者": ("異動する人", "転入する人", "異動した方", "動く人"),
    "新": ("これからの", "異動後の", "変更後の", "新しい"),
    "旧": ("これまでの", "変更前の", "従前の", "いままでの", "前"),
    "従前": ("前", "旧", "いままで"),
    "主治医": ("かかりつけの医師", "担当医師", "医師"),
    "医療機関": ("医院", "診療所", "病院等"),
    "金融機関": ("銀行", "銀行等", "金庫・組合"),
    "支店": ("店", "支店・出張所", "本支店"),
    "口座": ("預金", "通帳"),
    "法人": ("会社", "企業", "事業者"),
    "代表者": ("社長", "代表", "代表取締役"),
    "事業所": ("会社", "勤め先", "事業場"),
    "事務所": ("営業所", "オフィス", "事業所"),
    "勤務先": ("職場", "つとめ先", "会社"),
    "職業": ("仕事", "お仕事", "ご職業"),
    "従業者数": ("働く人の数", "従業員の人数"),
    "資本金": ("資本の額", "元手"),
    "納税義務者": ("納税者", "納める人", "納税する方"),
    "名義人": ("名義", "持ち主"),
    "使用目的": ("使う目的", "用途", "使途"),
    "希望": ("ご希望", "望む", "申込"),
    "利用": ("使用", "通う", "入所"),
    "施設": ("園", "保育所", "事業所"),
    "開始": ("始まり", "から", "初日"),
    "終了": ("終わり", "まで", "最終日"),
    "自": ("から", "開始日", "始期"),
    "至": ("まで", "終了日", "終期"),
    "取得": ("加入", "取った", "得た"),
    "雇用": ("採用", "雇入れ", "勤務"),
    "就労": ("勤務", "労働", "仕事"),
    "休業": ("休暇", "休み"),
    "通知": ("お知らせ", "通知書"),
    "合計": ("計", "総計"),
    "本籍": ("本籍地", "戸籍の所"),
    "必要な": ("要る", "必要とする"),
    "現在": ("いま", "現時点"),
    "医療費": ("治療費", "病院代"),
    "扶養親族": ("扶養家族", "養っている家族"),
}  # fmt: skip

_READINGS = {
    "氏名": "シメイ", "住所": "ジュウショ", "生年月日": "セイネンガッピ", "電話番号": "デンワバンゴウ", "郵便番号": "ユウビンバンゴウ",
    "性別": "セイベツ", "続柄": "ツヅキガラ", "世帯主": "セタイヌシ", "新": "シン", "旧": "キュウ", "個人番号": "コジンバンゴウ",
    "本籍": "ホンセキ", "筆頭者": "ヒットウシャ", "申請者": "シンセイシャ", "年齢": "ネンレイ", "届出": "トドケデ", "人": "ニン",
    "異動": "イドウ", "年月日": "ネンガッピ", "日": "ビ", "支店名": "シテンメイ", "口座番号": "コウザバンゴウ", "職業": "ショクギョウ",
    "被保険者": "ヒホケンシャ", "番号": "バンゴウ", "備考": "ビコウ", "摘要": "テキヨウ", "理由": "リユウ", "区分": "クブン", "の": "ノ",
    "代理人": "ダイリニン", "請求者": "セイキュウシャ", "金融機関名": "キンユウキカンメイ", "勤務先": "キンムサキ", "児童": "ジドウ",
}  # fmt: skip
_LOOK_ALIKES = {
    "日": "曰", "主": "土王", "所": "听", "名": "各", "番": "審", "号": "另", "生": "牛", "年": "午", "月": "目", "住": "往", "氏": "民",
    "電": "雷", "話": "語", "届": "屈", "出": "岀", "人": "入", "者": "著", "申": "甲", "請": "講", "世": "廿", "帯": "帶", "新": "親",
    "旧": "1日", "続": "読", "柄": "枘", "性": "牲", "別": "刖", "口": "ロ", "座": "庄", "支": "攴", "店": "后", "金": "全", "額": "頷",
}  # fmt: skip
_AFTER = ("(注1)", "(西暦)", "(自署)", "※", ":", "(必須)", "(記入してください)", "欄", "(該当に○)", "【必須】")
_BEFORE = ("※", "1 ", "(2)", "③", "■", "1.", "*", "ア ")


def swapped(label: str, rng: random.Random) -> str | None:
    """One or two phrases said otherwise."""
    there = [phrase for phrase in SWAPS if phrase in label]
    # 年月日 before 日: the longer one says what is meant.
    there = [p for p in there if not any(p != q and p in q for q in there)]
    if not there:
        return None
    for phrase in rng.sample(there, min(len(there), rng.choice((1, 1, 2)))):
        label = label.replace(phrase, rng.choice(SWAPS[phrase]))
    return label


def in_kana(label: str) -> str | None:
    """The reading, half of the time as a screen of half-width kana shows it; ``None`` where it is not known throughout."""
    out, at = "", 0
    while at < len(label):
        word = next((w for w in sorted(_READINGS, key=len, reverse=True) if label.startswith(w, at)), None)
        if word is None:
            return None
        out, at = out + _READINGS[word], at + len(word)
    return out


def shortened(label: str, rng: random.Random) -> str | None:
    """A character less inside, as in narrow columns: 世帯主, 世主."""
    if len(label) < 3:
        return None
    at = rng.randrange(1, len(label) - 1)
    return label[:at] + label[at + 1 :]


def misread(label: str, rng: random.Random) -> str | None:
    """One character as a recogniser takes it for another."""
    there = [i for i, c in enumerate(label) if c in _LOOK_ALIKES]
    if not there:
        return None
    at = rng.choice(there)
    return label[:at] + rng.choice((_LOOK_ALIKES[label[at]], _LOOK_ALIKES[label[at]][0])) + label[at + 1 :]


def dressed(label: str, rng: random.Random) -> str:
    """The same label with numbers, notes, blanks or another width."""
    kind = rng.randrange(5)
    if kind == 0:
        return rng.choice(_BEFORE) + label
    if kind == 1:
        return label + rng.choice(_AFTER)
    if kind == 2:
        return " ".join(label)
    if kind == 3:
        return to_half_kana(label)
    return unicodedata.normalize("NFKC", label).translate({i: i + 0xFEE0 for i in range(0x21, 0x7F)})


def joined(heading: str, last: str, rng: random.Random) -> str:
    """A heading and a label as one: 申請者 氏名 as 申請者の氏名, 氏名(申請者)."""
    return rng.choice(("{0}の{1}", "{0}{1}", "{1}({0})", "{0}({1})", "{0}・{1}", "{0}に関する{1}")).format(
        heading, last
    )


def wordings(heading: str, last: str, rng: random.Random, count: int) -> Iterator[str]:
    """So many wordings of a label that has a heading (it may be empty) and a last part."""
    made = 0
    for _ in range(count * 6):
        label = joined(heading, last, rng) if heading and rng.random() < 0.7 else heading + last
        kind = rng.random()
        if kind < 0.6:
            label = swapped(label, rng) or ""
        elif kind < 0.68:
            label = in_kana(heading + last) or ""
        elif kind < 0.78:
            label = shortened(label, rng) or ""
        elif kind < 0.88:
            label = misread(label, rng) or ""
        if label and rng.random() < 0.3:
            label = dressed(label, rng)
        if label:
            made += 1
            yield label
        if made == count:
            return
