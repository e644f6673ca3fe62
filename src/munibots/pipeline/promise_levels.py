"""Which level is in force for each kind of field, and who said it: the case store, the profile, or the shipped calibration."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from munibots.domain.form import FieldType
from munibots.domain.profile import Profile
from munibots.domain.promise import NEVER, OVERALL, REGISTER, LevelChange, LevelOrigin, LevelsInForce
from munibots.reading.calibration import load_calibration

__all__ = ["KINDS_JA", "Level", "levels", "levels_in_force"]

KINDS_JA: Mapping[str, str] = MappingProxyType(
    {
        FieldType.NAME.value: "氏名",
        FieldType.KANA.value: "ふりがな",
        FieldType.DATE.value: "日付",
        FieldType.ADDRESS.value: "住所",
        FieldType.POSTAL_CODE.value: "郵便番号",
        FieldType.PHONE.value: "電話番号",
        FieldType.MY_NUMBER.value: "個人番号",
        FieldType.CORPORATE_NUMBER.value: "法人番号",
        FieldType.INSURED_NUMBER.value: "被保険者番号",
        FieldType.DIGITS.value: "数字",
        FieldType.ACCOUNT.value: "口座番号",
        FieldType.YEN.value: "金額",
        FieldType.CHOICE.value: "選択(一つ)",
        FieldType.MARKS.value: "選択(いくつも)",
        FieldType.TEXT.value: "文章",
        REGISTER: "台帳で確認したもの",
        OVERALL: "全体",
    }
)


@dataclass(frozen=True, slots=True)
class Level:
    """The level of one kind.

    Attributes:
        seq: The store's change of this kind that counts, or the latest that was overridden; samples drawn before it say nothing
            of this level. 0 where the store never said anything.
    """

    accept_at: float
    origin: LevelOrigin
    seq: int = 0


def levels(profile: Profile, changes: Sequence[LevelChange] = ()) -> Mapping[str, Level]:
    """The level of every kind.

    A tightened level holds even where the profile or a new calibration says less; one that was recalibrated holds as long as
    the calibration is the one whose confidences it was found on.

    Args:
        changes: What the store says of this profile, oldest first.
    """
    calibration = load_calibration()
    answer = {REGISTER: Level(0.0, LevelOrigin.SHIPPED)}
    for kind in FieldType:
        shipped = calibration.accept_at(kind)
        answer[kind.value] = Level(NEVER if shipped is None else shipped, LevelOrigin.SHIPPED)
    for name, accept_at in profile.accept_at.items():
        answer[name] = Level(accept_at, LevelOrigin.PROFILE)
    for change in {c.kind: c for c in changes}.values():
        base = answer[change.kind]
        stands = (
            change.calibration == calibration.data_hash
            if change.origin is LevelOrigin.RECALIBRATED
            else change.accept_at >= base.accept_at
        )
        accept_at, origin = (change.accept_at, change.origin) if stands else (base.accept_at, base.origin)
        answer[change.kind] = Level(accept_at, origin, change.seq)
    return MappingProxyType(answer)


def levels_in_force(profile: Profile, changes: Sequence[LevelChange] = ()) -> LevelsInForce:
    """The same as a reading goes by it."""
    accept_at = {kind: level.accept_at for kind, level in levels(profile, changes).items()}
    return LevelsInForce(MappingProxyType(accept_at), max((c.seq for c in changes), default=0))
