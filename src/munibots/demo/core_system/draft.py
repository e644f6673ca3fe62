"""The 異動 that an operator is typing: kept in the session, never in the database before 登録."""

from dataclasses import dataclass, field

from munibots.demo.core_system.checks import date_value, used_rows
from munibots.demo.core_system.records import Movement, Person

STEPS = ("todoke", "taisho", "jusho", "idosha")
"""Screens of the wizard in order; each is also the last part of its path."""


@dataclass(slots=True)
class Draft:
    """What was typed so far.

    Attributes:
        values: Element name -> kept text.
        household_no: Chosen household, "" for a new one.
        done: Steps that were passed without an error.
    """

    values: dict[str, str] = field(default_factory=dict)
    household_no: str = ""
    done: set[str] = field(default_factory=set)

    def may_open(self, step: str) -> bool:
        """Whether every screen before ``step`` was passed ("confirm" comes after the last step)."""
        before = STEPS[: STEPS.index(step)] if step in STEPS else STEPS
        return self.done.issuperset(before)

    def change_kind(self, kind: str) -> None:
        """Forget the choice of a household when another 異動区分 is chosen."""
        if self.values.get("rdoIdoKbn") != kind:
            self.household_no = ""
            self.done.clear()

    def movement(self) -> Movement:
        """Return the draft as it would be stored.

        Raises:
            ValueError: A date is missing or wrong; the screens check that before.
        """
        text = self.values
        return Movement(
            kind=text["rdoIdoKbn"],
            notified_on=date_value(text, "Todoke").isoformat(),
            moved_on=date_value(text, "Ido").isoformat(),
            notifier_name=text["txtTodokeninShimei"],
            notifier_relation=text["ddlTodokeninKbn"],
            notifier_phone=text["txtTodokeninTel"],
            household_no=self.household_no,
            new_postal_code=text["txtShinYubin1"] + text["txtShinYubin2"],
            new_address=text["txtShinJusho1"],
            new_building=text["txtShinJusho2"],
            new_head=text["txtShinNushi"],
            old_postal_code=text["txtKyuYubin1"] + text["txtKyuYubin2"],
            old_address=text["txtKyuJusho1"],
            old_building=text["txtKyuJusho2"],
            old_head=text["txtKyuNushi"],
            permanent_address=text["txtHonseki"],
            family_register_head=text["txtHittosha"],
            remarks=text["txtTekiyo"],
            people=tuple(self._person(row_no) for row_no in used_rows(text)),
        )

    def _person(self, row_no: int) -> Person:
        text = self.values
        return Person(
            row_no=row_no,
            kana=text[f"txtIdoshaKana{row_no}"],
            name=text[f"txtIdoshaKanji{row_no}"],
            birth_date=date_value(text, "Sei", str(row_no)).isoformat(),
            sex=text[f"ddlSeibetsu{row_no}"],
            relationship=text[f"ddlZokugara{row_no}"],
            juminhyo_code=text[f"txtJuminhyoCd{row_no}"],
            my_number="".join(text[f"txtKojinNo{row_no}_{box}"] for box in (1, 2, 3)),
        )
