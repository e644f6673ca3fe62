"""The message list: every text the screens show above their panels, with its code.

The last letter of a code is its kind: E stops the operator, W warns, I informs.
"""

from dataclasses import dataclass
from typing import Final

MESSAGES: Final[dict[str, str]] = {
    "JKW0001-W": "セッションが切れました。再度ログインしてください。",
    "JKW0002-E": "職員番号またはパスワードが正しくありません。",
    "JKW0003-I": "ログアウトしました。",
    "JKW0090-E": "画面の遷移が正しくありません。メニューからやり直してください。",
    "JKW0101-E": "{0}を入力してください。",
    "JKW0102-E": "{0}を選択してください。",
    "JKW0123-E": "{0}が正しくありません。",
    "JKW0124-E": "異動日は届出日以前の日付を入力してください。",
    "JKW0125-W": "異動日から14日を過ぎた届出です。届出期間経過の理由を確認してください。",
    "JKW0126-W": "届出日が業務日付より後の日付です。",
    "JKW0127-E": "{0}は届出日以前の日付を入力してください。",
    "JKW0128-E": "{0}は西暦8桁(YYYYMMDD)の半角数字で入力してください。",
    "JKW0130-E": "{0}は3桁と4桁の半角数字で入力してください。",
    "JKW0131-E": "{0}は半角数字とハイフンで入力してください。",
    "JKW0140-E": "{0}は半角カナで、姓と名の間に半角スペースを入れて入力してください。",
    "JKW0141-E": "{0}は姓と名の間に全角スペースを入れて入力してください。",
    "JKW0142-E": "{0}は半角カナで入力してください。",
    "JKW0150-E": "{0}は11桁の半角数字で入力してください。",
    "JKW0151-E": "{0}は12桁の半角数字(4桁ずつ)で入力してください。",
    "JKW0152-E": "{0}の検査用数字が正しくありません。",
    "JKW0160-E": "異動者を1名以上入力してください。",
    "JKW0161-E": "異動者は1行目から詰めて入力してください。",
    "JKW0170-E": "世帯を選択してください。",
    "JKW0201-W": "該当する世帯がありません。",
    "JKW0202-W": "該当する異動がありません。",
    "JKW0203-W": "該当する住民がありません。",
    "JKW0204-W": "該当が{0}件を超えました。条件を追加してください。",
    "JKW0210-E": "検索条件を入力してください。",
    "JKW0300-I": "異動情報を登録しました。",
    "JKW0900-E": "業務エラーが発生しました。入力内容を確認してください。",
    "JKW9404-E": "指定された画面は存在しません。",
    "JKW9999-E": "システムエラーが発生しました。システム管理者に連絡してください。",
}


@dataclass(frozen=True, slots=True)
class Message:
    """One line of the message area.

    Attributes:
        code: Key of :data:`MESSAGES`.
        text: Text without the code.
        element_ids: Input elements to be shown in red.
    """

    code: str
    text: str
    element_ids: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """E, W or I."""
        return self.code[-1]

    @property
    def is_error(self) -> bool:
        """Whether the operator must not go on."""
        return self.kind == "E"


def message(code: str, *arguments: str, at: tuple[str, ...] = ()) -> Message:
    """Make a message of the list; ``arguments`` fill {0} and so on; ``at`` are element ids.

    Raises:
        KeyError: ``code`` is not in the list.
    """
    return Message(code, MESSAGES[code].format(*arguments), at)


def has_errors(messages: list[Message]) -> bool:
    """Whether at least one message stops the operator."""
    return any(item.is_error for item in messages)
