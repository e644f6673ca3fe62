"""Every error of munibots: a stable code, an exit code, and the next step in Japanese.

::

    MunibotsError
    ├── CaseError            this case goes to a person, the run goes on
    │   ├── IntakeError          MB-E1xx  a file that cannot become pages
    │   ├── ReadingError         MB-E2xx  a page that cannot become field values
    │   └── EntryError           MB-E4xx  a case that the core system did not take
    └── RunError             stop, and say why
        ├── CoreSystemError      MB-E45x  the core system is not there
        ├── StoreError           MB-E5xx  the case store refuses or is missing
        ├── DefinitionError      MB-E6xx  a YAML file is wrong: file and line
        └── EnvironmentNotReadyError  MB-E7xx  browser, driver, fonts, models

An error names the field, never its value: its text may stand in a log. The leaves live here, all of them, so that
``docs/errors.md`` can be generated from one list and a code is never given twice.
"""

from __future__ import annotations

from typing import Any, ClassVar

__all__ = [
    "AlreadyEnteredError",
    "ArtifactMismatchError",
    "BrokenFileError",
    "BrowserNotFoundError",
    "CaseError",
    "CharacterNotRepresentableError",
    "CommitWithoutFenceError",
    "ConfirmMismatchError",
    "CoreSystemError",
    "CoreSystemRefusedError",
    "CoreSystemUnreachableError",
    "DefinitionError",
    "DefinitionNotFoundError",
    "DuplicateDocumentError",
    "EmptyFileError",
    "EntryDoubtError",
    "EntryError",
    "EnvironmentNotReadyError",
    "ExitCode",
    "FieldReadBackError",
    "FileUnavailableError",
    "FontNotFoundError",
    "IllegalStateChangeError",
    "ImageTooLargeError",
    "IntakeError",
    "KeyExposedError",
    "LayoutMismatchError",
    "LoginFailedError",
    "MunibotsError",
    "OtherFormError",
    "PasswordProtectedError",
    "ReadingError",
    "RegisterFormatError",
    "RunError",
    "SavedRecordMismatchError",
    "SchemaNewerError",
    "ScreenNotFoundError",
    "SealBrokenError",
    "SessionLostError",
    "StoreBusyError",
    "StoreError",
    "StoreKeyError",
    "StoreNotMadeError",
    "StoreUnreachableError",
    "TaskListError",
    "TooManyPagesError",
    "UnexpectedProblemError",
    "UnknownFormError",
    "UnsupportedFileError",
    "UsageError",
    "error_catalog",
]


class ExitCode:
    """Exit codes of the command line; see ``docs/errors.md``."""

    DONE: ClassVar[int] = 0
    BUG: ClassVar[int] = 1
    BAD_INPUT: ClassVar[int] = 2
    NEEDS_PERSON: ClassVar[int] = 3
    OUTSIDE_MISSING: ClassVar[int] = 4


class MunibotsError(Exception):
    """Base of all errors.

    Args:
        detail: Fills the placeholders of ``message_ja`` and ``next_ja``. Field labels, file names, counts, ids; never
            a value that was read from paper.
    """

    code: ClassVar[str] = "MB-E000"
    exit_code: ClassVar[int] = ExitCode.BUG
    message_ja: ClassVar[str] = "予期しないエラーです。"
    next_ja: ClassVar[str] = "`munibots doctor` の結果を添えて、保守担当に連絡してください。"

    def __init__(self, **detail: Any) -> None:
        self.detail = detail
        super().__init__(self._text())

    def _text(self) -> str:
        return f"{self.code} {self.reason_ja}\n次にすること: {self.next_step_ja}"

    def __reduce__(self) -> tuple[Any, ...]:
        """Errors pass from one process to another with their details."""
        return _again, (type(self), self.detail)

    @property
    def reason_ja(self) -> str:
        """What happened, in one Japanese sentence."""
        return self.message_ja.format_map(_Blank(self.detail))

    @property
    def next_step_ja(self) -> str:
        """What to do next, in Japanese."""
        return self.next_ja.format_map(_Blank(self.detail))


def _again(cls: type[MunibotsError], detail: dict[str, Any]) -> MunibotsError:
    return cls(**detail)


class _Blank(dict[str, Any]):
    """Details with a visible gap where one was not given, so that an error can always be shown."""

    def __missing__(self, key: str) -> str:
        return "―"


class CaseError(MunibotsError):
    """This case goes to a person; the run goes on."""

    exit_code = ExitCode.NEEDS_PERSON


class UnexpectedProblemError(CaseError):
    """Something that nobody foresaw, met at one page or one case: the kind of error and the place in the program, never its text."""

    code = "MB-E001"
    message_ja = "予期しないエラーのため処理できません({subject}、{kind}、{place})。"
    next_ja = (
        "`munibots review decide 案件 --retry` でもう一度試し、繰り返すときは番号と括弧の中を添えて保守担当に連絡してください。"
        "原因の全文は `munibots --debug` で表示できます。"
    )


class RunError(MunibotsError):
    """The run stops and says why."""

    # Robot Framework ends the whole execution on this attribute: going on would only repeat the failure.
    ROBOT_EXIT_ON_FAILURE = True


# --- intake ---------------------------------------------------------------------------------------------------------


class IntakeError(CaseError):
    """A file that cannot become pages."""

    code = "MB-E100"
    exit_code = ExitCode.BAD_INPUT
    message_ja = "ファイルを取り込めません({file})。"
    next_ja = "ファイルを開いて内容を確かめ、スキャンし直してください。"


class EmptyFileError(IntakeError):
    """The file has no bytes."""

    code = "MB-E101"
    message_ja = "ファイルが空です({file})。"
    next_ja = "複合機の送信が途中で止まっていないか確かめ、スキャンし直してください。"


class BrokenFileError(IntakeError):
    """The file ends early or its contents cannot be decoded."""

    code = "MB-E102"
    message_ja = "ファイルが壊れているか、途中で切れています({file})。"
    next_ja = "もう一度スキャンするか、送信元から受け取り直してください。"


class PasswordProtectedError(IntakeError):
    """A PDF that needs a password."""

    code = "MB-E103"
    message_ja = "パスワードで保護された PDF です({file})。"
    next_ja = "パスワードを外した PDF を保存して、入れ直してください。"


class TooManyPagesError(IntakeError):
    """More pages than one file may have."""

    code = "MB-E104"
    message_ja = "ページが多すぎます({file}、{pages} ページ、上限 {limit} ページ)。"
    next_ja = "{limit} ページ以下に分けてスキャンするか、`--max-pages` で上限を上げてください。"


class ImageTooLargeError(IntakeError):
    """A picture larger than any sheet of paper at 600 dpi."""

    code = "MB-E105"
    message_ja = "画像が大きすぎます({file}、{width_px}×{height_px} ピクセル、上限 {limit_px})。"
    next_ja = "A3 以下の用紙を 200〜400 dpi でスキャンし直してください。"


class FileUnavailableError(IntakeError):
    """The file is there, or was, and may not be read now: no permission, open in another program, moved away, a share that is gone."""

    code = "MB-E108"
    message_ja = "ファイルを読めません({file}、{reason})。"
    next_ja = "ほかのプログラムで開いていないか、読む権限があるかを確かめてください。次の実行でもう一度取り込みます。"


class UnsupportedFileError(IntakeError):
    """Neither PDF, TIFF, JPEG nor PNG."""

    code = "MB-E106"
    message_ja = "対応していない種類のファイルです({file})。"
    next_ja = "PDF、TIFF、JPEG、PNG のいずれかで保存してください。"


class DuplicateDocumentError(IntakeError):
    """The same file, or the same sheet scanned again, is already a case."""

    code = "MB-E107"
    message_ja = "同じ書類がすでに取り込まれています({file}、案件 {case_id})。"
    next_ja = "`munibots review show` で両方を見比べ、不要なほうを却下してください。"


# --- reading --------------------------------------------------------------------------------------------------------


class ReadingError(CaseError):
    """A page that cannot become field values."""

    code = "MB-E200"
    message_ja = "書類を読み取れません({page})。"
    next_ja = "レビュー画面で書類を確かめてください。"


class UnknownFormError(ReadingError):
    """No known form fits the page: a photo, a blank sheet, a form nobody registered."""

    code = "MB-E201"
    message_ja = "どの様式か分かりません({page})。"
    next_ja = "書類を確かめてください。新しい様式なら `munibots new form` で登録できます。"


class OtherFormError(ReadingError):
    """The page is another form than the one asked for."""

    code = "MB-E202"
    message_ja = "別の様式です({page}、読み取り結果 {found}、期待 {expected})。"
    next_ja = "担当課に回すか、`--form {found}` で読み直してください。"


class LayoutMismatchError(ReadingError):
    """The form is known, but its fields do not lie where the layout says."""

    code = "MB-E203"
    message_ja = "様式の位置が合いません(一致点 {inliers}、ずれ {residual_mm} mm、様式 {form}、団体 {profile})。"
    next_ja = "しわや折れを伸ばしてスキャンし直すか、レビューで入力してください。"


# --- entering -------------------------------------------------------------------------------------------------------


class EntryError(CaseError):
    """The core system did not take this case."""

    code = "MB-E400"
    message_ja = "案件 {case_id} を入力できません({screen})。"
    next_ja = "`munibots review show {case_id}` で画面の記録を見て、手で入力するか、入力し直すかを決めてください。"


class CoreSystemRefusedError(EntryError):
    """The core system showed a validation error of its own."""

    code = "MB-E401"
    message_ja = "基幹システムが入力を受け付けません(案件 {case_id}、画面 {screen}、項目 {field})。"
    next_ja = "画面のメッセージを見て値を直し、`munibots review decide {case_id} --retry` で入力し直してください。"


class SessionLostError(EntryError):
    """Logged out, or the browser or the core system went away in the middle of a case."""

    code = "MB-E402"
    message_ja = "基幹システムとの接続が切れました(案件 {case_id}、画面 {screen})。"
    next_ja = "自動で入り直します。繰り返すときは利用者の重複ログインと時間切れの設定を確かめてください。"


class FieldReadBackError(EntryError):
    """A field does not hold what was typed into it: cut off, converted, or refused by the screen."""

    code = "MB-E403"
    message_ja = "入力した値が画面に残りません(案件 {case_id}、画面 {screen}、項目 {field})。"
    next_ja = "項目の桁数と文字の種類を確かめ、レビューで値を直すか、手で入力してください。"


class ConfirmMismatchError(EntryError):
    """The confirm screen shows something else than the case."""

    code = "MB-E404"
    message_ja = "確認画面の内容が案件と違います(案件 {case_id}、項目 {field})。登録はしていません。"
    next_ja = "画面の定義と案件の値を見比べ、直してから入力し直してください。"


class SavedRecordMismatchError(EntryError):
    """Saved, but the saved record differs from the case."""

    code = "MB-E405"
    message_ja = "登録された内容が案件と違います(案件 {case_id}、項目 {field})。"
    next_ja = "基幹システムで登録内容を開き、職員が訂正してください。ロボットは再入力しません。"


class EntryDoubtError(EntryError):
    """An earlier attempt may or may not have been saved; only a person may go on."""

    code = "MB-E406"
    message_ja = "登録されたかどうか判断できません(案件 {case_id})。"
    next_ja = "入力していた端末が止まっていることを確かめ、基幹システムを照会してから `munibots review decide` で決めてください。"


class AlreadyEnteredError(EntryError):
    """The core system already holds this movement, though this library did not enter it."""

    code = "MB-E407"
    message_ja = "同じ異動がすでに登録されています(案件 {case_id})。"
    next_ja = "手入力済みか、同じ届の二度出しかを確かめ、却下するか入力済みにしてください。"


class CharacterNotRepresentableError(EntryError):
    """A value holds a character that the target cannot hold."""

    code = "MB-E408"
    message_ja = "基幹システムで扱えない文字があります(案件 {case_id}、項目 {field})。"
    next_ja = "代わりの文字を職員が決め、レビューで値を直してください。"


class CommitWithoutFenceError(EntryError):
    """The last click was asked for outside the fence."""

    code = "MB-E409"
    message_ja = "登録ボタンは「登録する」以外から押せません(画面 {screen}、ボタン {button})。"
    next_ja = "bot の手順を「入力を始める」→「登録する」→「登録を読み戻す」の順に直してください。"


class ScreenNotFoundError(EntryError):
    """The expected screen or element did not appear."""

    code = "MB-E410"
    message_ja = "画面または項目が見つかりません(画面 {screen}、項目 {field})。"
    next_ja = "画面が変わっていないか確かめ、`munibots explain` で定義のファイルを調べてください。"


class CoreSystemError(RunError):
    """The core system is not there."""

    code = "MB-E450"
    exit_code = ExitCode.OUTSIDE_MISSING
    message_ja = "基幹システム {system} が応答しません。"
    next_ja = "基幹システムの稼働時間と回線を確かめ、同じコマンドをもう一度実行してください。続きから始まります。"


class CoreSystemUnreachableError(CoreSystemError):
    """No answer, or answers of 5xx again and again."""

    code = "MB-E451"
    message_ja = "基幹システム {system} に接続できません({url})。"


class LoginFailedError(CoreSystemError):
    """The account is refused."""

    code = "MB-E452"
    message_ja = "基幹システム {system} にログインできません。"
    next_ja = "ロボット用の利用者とパスワードを確かめてください(有効期限、ロック、設定名 {setting})。"


# --- store ----------------------------------------------------------------------------------------------------------


class StoreError(RunError):
    """The case store refuses."""

    code = "MB-E500"
    exit_code = ExitCode.OUTSIDE_MISSING
    message_ja = "案件の保管庫を使えません。"
    next_ja = "`munibots doctor` でデータベースを確かめてください。"


class IllegalStateChangeError(StoreError):
    """A state change that the law of the case does not allow: a bug in the caller."""

    code = "MB-E501"
    exit_code = ExitCode.BUG
    message_ja = "案件 {case_id} を {old} から {new} に変えることはできません。"


class StoreUnreachableError(StoreError):
    """The database does not answer, or its schema is newer than this program."""

    code = "MB-E502"
    message_ja = "データベースに接続できません({url})。"
    next_ja = "`--dsn` または環境変数 MUNIBOTS_DSN を確かめてください。"


class StoreNotMadeError(StoreError):
    """Somebody only wants to look, and there is no store: most likely the wrong folder."""

    code = "MB-E507"
    exit_code = ExitCode.BAD_INPUT
    message_ja = "案件の保管庫がありません({url})。"
    next_ja = "`--workdir`(または `--dsn`、MUNIBOTS_WORKDIR)で、`munibots run` や `munibots demo` を実行した作業フォルダを指定してください。"


class StoreKeyError(StoreError):
    """The key that seals personal data is missing or is another one."""

    code = "MB-E503"
    message_ja = "保管庫の鍵がないか、違う鍵です({key})。"
    next_ja = "環境変数 MUNIBOTS_KEY_FILE に、この保管庫を作ったときの鍵ファイルを指定してください。"


class KeyExposedError(StoreKeyError):
    """Other users of this machine may read the key."""

    code = "MB-E508"
    message_ja = "保管庫の鍵を、ほかの利用者も読めます({key})。"
    next_ja = "`chmod 600 {key}` を実行してください。"


class SchemaNewerError(StoreUnreachableError):
    """The database was made by a newer munibots."""

    code = "MB-E505"
    message_ja = "データベースの版 {revision} は、この munibots より新しいものです({url})。"
    next_ja = "`pip install --upgrade munibots` で munibots を更新してください。"


class SealBrokenError(StoreKeyError):
    """A sealed value cannot be opened: altered, moved to another row, or sealed with another key."""

    code = "MB-E506"
    message_ja = "保管庫の内容を開けません({place}、鍵 {key})。違う鍵か、内容が書き換えられています。"
    next_ja = "MUNIBOTS_KEY_FILE を確かめてください。鍵が正しいなら、データベースを控えから戻し、情報セキュリティ担当に知らせてください。"


class StoreBusyError(StoreError):
    """Another munibots process works on this store."""

    code = "MB-E504"
    exit_code = ExitCode.BAD_INPUT
    message_ja = "別の munibots がこの保管庫で動いています({store})。"
    next_ja = "終わるのを待ってください。別の仕事なら、別の `--workdir` と `--dsn` を指定してください。"


# --- definitions ----------------------------------------------------------------------------------------------------


class DefinitionError(RunError):
    """A YAML definition is wrong."""

    code = "MB-E601"
    exit_code = ExitCode.BAD_INPUT
    message_ja = "定義ファイルに誤りがあります({file}:{line}): {problem}"
    next_ja = "ファイルの該当行を直し、`munibots check {file}` で確かめてください。"


class RegisterFormatError(DefinitionError):
    """The city's resident register cannot be read as CSV."""

    code = "MB-E603"
    message_ja = "住民台帳の CSV に誤りがあります({file}:{line}): {problem}"
    next_ja = "台帳の出力をやり直すか、列名(name、kana、birth_date が必須)と文字コード(UTF-8 か Shift_JIS)を確かめてください。"


class TaskListError(DefinitionError):
    """The city's list of tasks cannot be read as CSV."""

    code = "MB-E610"
    message_ja = "業務の一覧(CSV)に誤りがあります({file}:{line}): {problem}"
    next_ja = "表計算ソフトでその行と列を直し、もう一度実行してください。ひな形は `munibots triage --template ファイル` で作れます。"


class DefinitionNotFoundError(RunError):
    """No definition of this kind and name."""

    code = "MB-E602"
    exit_code = ExitCode.BAD_INPUT
    message_ja = "{kind}「{name}」は定義されていません。"
    next_ja = "`munibots list` で使える名前を見てください。団体独自の定義は MUNIBOTS_PROFILE_PATH で指定します。"


# --- environment ----------------------------------------------------------------------------------------------------


class EnvironmentNotReadyError(RunError):
    """Something that this machine must have is missing."""

    code = "MB-E700"
    exit_code = ExitCode.OUTSIDE_MISSING
    message_ja = "この端末に必要なものがありません({missing})。"
    next_ja = "`munibots doctor` で足りないものと入れ方を見てください。"


class BrowserNotFoundError(EnvironmentNotReadyError):
    """No Chromium, Chrome or Edge, or no driver that fits it."""

    code = "MB-E701"
    message_ja = "ブラウザまたはドライバーが見つかりません({missing})。"
    next_ja = (
        "Debian/Ubuntu では `sudo apt install chromium chromium-driver`、Windows では Edge と同じ版の msedgedriver を入れ、"
        "MUNIBOTS_BROWSER と MUNIBOTS_DRIVER で場所を指定してください。"
    )


class FontNotFoundError(EnvironmentNotReadyError):
    """No Japanese font to draw with."""

    code = "MB-E702"
    message_ja = "日本語フォントが見つかりません({missing})。"
    next_ja = "Debian/Ubuntu では `sudo apt install fonts-noto-cjk fonts-klee` を実行してください。"


class ArtifactMismatchError(EnvironmentNotReadyError):
    """A trained artifact is missing or its SHA-256 is not the expected one."""

    code = "MB-E703"
    message_ja = "学習済みファイルが壊れているか、版が違います({artifact})。"
    next_ja = "`pip install --force-reinstall munibots rapidocr==3.10.0` で入れ直してください。"


class UsageError(RunError):
    """Bad usage of a command or a keyword.

    Args:
        detail: ``problem``, and ``hint`` where the next step is another than to put that right.
    """

    code = "MB-E801"
    exit_code = ExitCode.BAD_INPUT
    message_ja = "使い方が正しくありません: {problem}"
    next_ja = (
        "上の説明のとおりに直して、もう一度実行してください。引数の説明は `munibots コマンド --help` で見られます。"
    )

    @property
    def next_step_ja(self) -> str:
        """The hint, where there is one."""
        return str(self.detail.get("hint") or super().next_step_ja)


def error_catalog() -> tuple[type[MunibotsError], ...]:
    """Every error class, in the order of its code."""

    def below(cls: type[MunibotsError]) -> list[type[MunibotsError]]:
        return [cls, *(c for sub in cls.__subclasses__() for c in below(sub))]

    return tuple(sorted(set(below(MunibotsError)), key=lambda c: (c.code, c.__name__)))
