"""Variant characters of names: 髙 beside 高, 﨑 beside 崎.

A register keeps the variant that the person uses; a form, a keyboard or an OCR model often has the common
one. The table folds a variant to one common character *for comparing*; nothing folded is ever stored or typed
into a system.

Sources of the pairs: 常用漢字表 (平成22年内閣告示第2号), the 康熙字典体 in brackets; 戸籍法施行規則 別表第二,
漢字の表 一 (linked pairs) and 二; and the popular forms of 法務省民事局長通達 平成16年10月14日民一第2842号
誤字俗字・正字一覧表 that are frequent in names.
Kept apart, because they are different characters and different families: 斎 and 斉 (with 齋 and 齊), 崎 and
碕 and 埼, 祐 and 佑, 裕 and 祐, 太 and 大.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

__all__ = ["SELECTORS", "VARIANTS", "fold_variants"]

# Variant and common form, in pairs. 龍 folds to 竜 because the same tables pair them that pair 澤 and 沢.
_PAIRS: Final = """
髙高 﨑崎 嵜崎 邉辺 邊辺 齋斎 齊斉 亝斉 濵浜 濱浜 𠮷吉 槗橋 𣘺橋 曻昇 栁柳 桺柳 桒桑 圡土 𠀋丈 舘館 舩船
渊渕 淵渕 礒磯 昻昂 穐秋 靏鶴 靍鶴 嶌島 藪薮 嶽岳 塲場 冲沖 蘆芦 蔣蒋 鷗鴎 吳呉 內内 說説 敎教 淸清 靑青
鄕郷 鄉郷 彥彦 產産 硏研 絕絶 亞亜 惡悪 爲為 榮栄 衞衛 圓円 緣縁 薗園 應応 櫻桜 奧奥 橫横 溫温 價価 壞壊
懷懐 樂楽 渴渇 卷巻 陷陥 寬寛 氣気 僞偽 戲戯 虛虚 峽峡 狹狭 曉暁 駈駆 勳勲 薰薫 惠恵 揭掲 鷄鶏 藝芸 擊撃
縣県 儉倹 劍剣 險険 圈圏 檢検 顯顕 驗験 嚴厳 廣広 恆恒 黃黄 國国 黑黒 碎砕 雜雑 兒児 濕湿 實実 壽寿 收収
從従 澁渋 獸獣 縱縦 緖緒 敍叙 將将 涉渉 燒焼 奬奨 條条 狀状 乘乗 淨浄 剩剰 疊畳 孃嬢 讓譲 釀醸 眞真 寢寝
愼慎 盡尽 粹粋 醉酔 穗穂 瀨瀬 靜静 攝摂 專専 戰戦 纖繊 禪禅 壯壮 爭争 莊荘 搜捜 巢巣 曾曽 裝装 瘦痩 騷騒
增増 藏蔵 臟臓 卽即 帶帯 滯滞 瀧滝 單単 團団 彈弾 晝昼 鑄鋳 廳庁 徵徴 聽聴 鎭鎮 轉転 傳伝 嶋島 燈灯 盜盗
稻稲 德徳 拜拝 盃杯 賣売 髮髪 拔抜 晚晩 祕秘 冨富 拂払 佛仏 步歩 峯峰 飜翻 每毎 萬万 默黙 埜野 彌弥 藥薬
與与 搖揺 樣様 謠謡 來来 賴頼 覽覧 龍竜 凉涼 綠緑 淚涙 壘塁 禮礼 曆暦 歷歴 鍊錬 郞郎 錄録 澤沢 關関 學学
豐豊 鐵鉄 數数 濟済 龜亀 鹽塩 體体 當当 對対 圍囲 驛駅 會会 擴拡 覺覚 舊旧 據拠 舉挙 區区 經経 輕軽 繼継
號号 齒歯 寫写 釋釈 證証 眾衆 續続 讀読 腦脳 變変 寶宝 豫予 餘余 譽誉 勞労 樓楼 灣湾 亙亘 凜凛 堯尭 巖巌
晄晃 檜桧 槇槙 禱祷 穰穣 萠萌 遙遥 敕勅 鬪闘 廢廃 發発 珎珍 翆翠
"""

VARIANTS: Final[Mapping[str, str]] = {pair[0]: pair[1] for pair in _PAIRS.split()}
"""Variant to the common character that it is compared as. No common character is itself a variant."""

SELECTORS: Final = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
"""Ideographic variation selectors (IVS) and standardised ones: they choose a glyph, not a character."""

_FOLD = str.maketrans(dict(VARIANTS))


def fold_variants(text: str) -> str:
    """Write every variant character as its common form, without variation selectors. For comparing only.

    Compatibility ideographs (神 at U+FA19) become the unified character by NFC, which leaves all other
    Japanese text as it is.

    Returns:
        The folded text; folding it again changes nothing.
    """
    # Selectors go first: NFC and the table look at single characters. NFC is applied first of the two because
    # the unified form of a compatibility ideograph may itself be a variant.
    return unicodedata.normalize("NFC", SELECTORS.sub("", text)).translate(_FOLD)
