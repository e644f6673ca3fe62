"""What the commands say, in Japanese and in English."""

from __future__ import annotations

import os
from types import MappingProxyType
from typing import Any

from munibots.errors import MunibotsError

__all__ = ["LANG_VARIABLE", "TEXTS", "say"]

LANG_VARIABLE = "MUNIBOTS_LANG"

TEXTS = MappingProxyType(
    {
        "aborted": (
            "中断しました。同じコマンドで続きから始められます。",
            "Aborted. The same command goes on from here.",
        ),
        "unexpected": (
            "MB-E000 予期しないエラーです({kind}、{place})。\n次にすること: 同じコマンドを `munibots --debug` で実行し、保守担当に連絡してください。",
            "MB-E000 Unexpected error ({kind}, {place}).\nNext step: run it again with `munibots --debug` and tell whoever maintains this.",
        ),
        "making": ("届出を合成しています", "Making filled forms"),
        "taking-in": ("取り込んでいます", "Taking scans in"),
        "reading": ("読み取っています", "Reading"),
        "reviewing": ("確認しています(自動の確認者)", "Reviewing (scripted reviewer)"),
        "entering": ("基幹システムへ入力しています", "Entering into the core system"),
        "reporting": ("報告書を作っています", "Writing the report"),
        "files": ("ファイル", "files"),
        "cases": ("件", "cases"),
        "demo-done": ("デモが終わりました。", "The demo is done."),
        "demo-broken": ("デモの結果に誤りがあります。", "The demo's result is wrong."),
        "report": ("報告書", "Report"),
        "database": ("案件の保管庫", "Case store"),
        "core-database": ("基幹システムのデータベース(デモ)", "Core system's database (demo)"),
        "received": ("受付", "received"),
        "entered": ("入力済み", "entered"),
        "flagged": ("要確認(入力)", "flagged"),
        "rejected": ("却下", "rejected"),
        "auto-approved": ("自動で承認", "approved without eyes"),
        "reviewed": ("人が確認", "reviewed by a person"),
        "entered-twice": ("二重入力", "entered twice"),
        "lost": ("紛失", "lost"),
        "fields": ("記入のあった項目", "filled fields"),
        "fields-accepted": ("人の目が要らなかった項目", "fields accepted without eyes"),
        "fields-wrong": ("そのうち誤り", "wrong among them"),
        "seconds": ("所要時間(秒)", "seconds"),
        "nothing-waits": ("人の確認を待つ案件はありません。", "No case waits for a person."),
        "no-cases": ("案件はありません。", "There are no cases."),
        "case": ("案件", "case"),
        "state": ("状態", "state"),
        "bot": ("ボット", "bot"),
        "section": ("担当課", "section"),
        "form": ("様式", "form"),
        "name": ("名前", "name"),
        "source": ("ファイル", "file"),
        "pages": ("ページ", "pages"),
        "why": ("理由", "reason"),
        "next": ("次にすること", "next step"),
        "field": ("項目", "field"),
        "fields-count": ("項目", "fields"),
        "read-as": ("読み取り", "read as"),
        "confidence": ("確信度", "confidence"),
        "decision": ("判定", "decision"),
        "eyes": ("人の確認", "needs eyes"),
        "needed": ("要", "yes"),
        "not-needed": ("不要", "no"),
        "blank": ("(空欄)", "(blank)"),
        "approve": ("承認できます", "can be approved"),
        "review": ("人の確認が要ります", "needs a person"),
        "reject": ("受け付けられません", "cannot be taken"),
        "decided": ("案件 {case} を記録しました: {outcome}", "Recorded for case {case}: {outcome}"),
        "stale": (
            "案件 {case} は、ほかの人が先に変更しました。もう一度 `munibots review show {case}` で見てください。",
            "Case {case} was changed by somebody else. Look again with `munibots review show {case}`.",
        ),
        "run-done": (
            "入力 {entered} 件、要確認 {flagged} 件、残り {left} 件",
            "entered {entered}, flagged {flagged}, left {left}",
        ),
        "robot-log": ("実行の記録", "Robot log"),
        "ready": ("この端末で使えます。", "This machine is ready."),
        "not-ready": ("足りないものがあります。", "Something is missing."),
        "sound": ("誤りはありません。", "sound"),
        "checked": ("誤り {errors} 件、注意 {notices} 件", "{errors} errors, {notices} notices"),
        "title-read": (
            "様式の呼び名を白紙から「{name}」と読みました。違うときは {file} の name_ja を直してください。",
            "The form's name was read from the blank: {name}. Correct name_ja in {file} if it is wrong.",
        ),
        "new-form-next": (
            "使うには MUNIBOTS_PROFILE_PATH に {parent} を足し、`munibots check {out}` と `munibots read スキャン --form {form}` で確かめてください。",
            "To use it, add {parent} to MUNIBOTS_PROFILE_PATH; try `munibots check {out}` and `munibots read SCAN --form {form}`.",
        ),
        "fields-sampled": ("抜き取りで人が見た項目", "accepted fields sampled for a person"),
        "sampled-wrong": ("抜き取りのうち誤り", "wrong among the sampled"),
        "promise": ("約束", "promise"),
        "promise-broken": (
            "約束が破れています(団体 {profile}): {kinds}。基準を引き上げました。`munibots promise show --profile {profile}` で見てください。",
            "The promise is broken (profile {profile}): {kinds}. Levels were raised. See `munibots promise show --profile {profile}`.",
        ),
        "kind": ("種類", "kind"),
        "promised": ("約束(α)", "promised"),
        "level": ("基準", "level"),
        "origin": ("定めたもの", "origin"),
        "samples": ("標本(判断済み)", "samples (judged)"),
        "seen": ("見た数", "seen"),
        "errors": ("誤り", "errors"),
        "e-value": ("e 値", "e-value"),
        "promise-holds": ("守られています", "holds"),
        "promise-unknown": ("標本なし", "no samples"),
        "promise-alarm": ("破れた", "broken"),
        "new-level": ("提案", "proposal"),
        "bound": ("95 % 上限", "95 % bound"),
        "recalibrated": ("{n} 種類の基準を改めました。", "{n} levels were changed."),
        "recalibrate-dry": ("表示だけです。何も書き込んでいません。", "Shown only; nothing was written."),
        "interval": ("95% 区間", "95% interval"),
        "count": ("母数", "n"),
        "goal": ("目標", "goal"),
        "wins": ("採用", "wins"),
        "state-RECEIVED": ("受付", "received"),
        "state-NEEDS_REVIEW": ("確認待ち", "needs review"),
        "state-READY": ("承認済み", "approved"),
        "state-TYPING": ("入力中", "being typed"),
        "state-SUBMITTING": ("登録中", "being submitted"),
        "state-ENTERED": ("入力済み", "entered"),
        "state-FLAGGED": ("要確認(入力)", "flagged"),
        "state-REJECTED": ("却下", "rejected"),
        "waits-RECEIVED": ("読み取り", "reading"),
        "waits-NEEDS_REVIEW": ("職員の確認", "a person's review"),
        "waits-READY": ("ボットの入力", "entry by the bot"),
        "waits-TYPING": ("ボットの入力", "entry by the bot"),
        "waits-SUBMITTING": ("ボットの照合", "the bot's look-up"),
        "waits-FLAGGED": ("職員の判断", "a person's decision"),
        "waits-ENTERED": ("―", "-"),
        "waits-REJECTED": ("―", "-"),
        "kind-bots": ("ボット", "bots"),
        "kind-forms": ("様式", "forms"),
        "kind-systems": ("基幹システム", "core systems"),
        "kind-profiles": ("団体", "municipalities"),
        "kind-classifiers": ("分類器", "classifiers"),
        "need-python": ("Python", "Python"),
        "need-browser": ("ブラウザ", "browser"),
        "need-driver": ("ブラウザのドライバー", "browser's driver"),
        "need-printed_font": ("日本語フォント(印字、デモ用)", "Japanese font (print, for the demo)"),
        "need-handwriting_font": ("日本語フォント(手書き風、デモ用)", "Japanese font (handwriting, for the demo)"),
        "need-recognizer": ("文字認識のモデル", "recogniser's model"),
        "need-calibration": ("確信度の較正", "calibration of confidence"),
        "need-postal_codes": ("郵便番号データ", "postal codes"),
        "need-database": ("案件の保管庫", "case store"),
        "need-key": ("保管庫の鍵", "key of the case store"),
        "overridden": ("上書きされた", "overridden"),
        "task": ("業務", "task"),
        "triage-no": ("番号", "no."),
        "proposal": ("提案", "proposal"),
        "routine": ("定型度", "routine"),
        "judgement": ("判断", "judgement"),
        "hours": ("時間/年", "hours/year"),
        "saving": ("削減の見込み(時間/年)", "saving (hours/year)"),
        "conflict": ("食い違い", "conflict"),
        "missing": ("足りない列", "missing columns"),
        "note": ("注意", "note"),
        "who-may": ("誰が行えるか", "who may do it"),
        "who-unknown": (
            "法的な行為が分からないか食い違うので、言えません",
            "unknown: the legal act is not stated, or contradicted",
        ),
        "staff-only": ("職員だけ", "staff only"),
        "auxiliary": ("補助(ボット・委託も可)", "auxiliary (bot or outsourcer)"),
        "assumptions": ("使った仮定", "assumptions used"),
        "value": ("値", "value"),
        "rule-sources": ("誰が行えるかの規則の出典", "sources of the rules on who may do it"),
        "source-of": ("出典", "source"),
        "triage-template": (
            "{file} を書きました。例の行を消し、業務を書いて `munibots triage {file}` を実行してください。",
            "Wrote {file}. Replace the examples with your tasks and run `munibots triage {file}`.",
        ),
        "triage-unused": ("使わない列があります: {columns}", "Columns that are not used: {columns}"),
        "triage-total": (
            "見込みの合計: 年 {low:,.0f}〜{high:,.0f} 時間(提案どおりにしたとき。作る手間と費用は含みません)",
            "Total: {low:,.0f} to {high:,.0f} hours a year if done so; neither building nor cost is counted.",
        ),
        "triage-not-a-decision": (
            "これは点数の足し算による提案です。公権力の行使に当たるかを含め、職員が判断してください。",
            "These are proposals from a sum of points. Staff decide, also on what is an exercise of public authority.",
        ),
    }
)


class _Say:
    def __call__(self, key: str, **detail: Any) -> str:
        ja, en = TEXTS[key]
        return (en if self.english else ja).format(**detail)

    @property
    def english(self) -> bool:
        return os.environ.get(LANG_VARIABLE, "ja") == "en"

    def error(self, error: MunibotsError) -> str:
        """The error as a person reads it: code, what happened, the next step."""
        if not self.english:
            return str(error)
        what = (type(error).__doc__ or "").strip().split("\n\n")[0].replace("\n", " ")
        detail = ", ".join(f"{k}={v}" for k, v in error.detail.items())
        return f"{error.code} {what} ({detail})\nNext step: {error.next_step_ja}"


say = _Say()
