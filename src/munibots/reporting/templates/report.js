"use strict";
(() => {
  const tools = document.querySelector(".tools");
  const cards = [...document.querySelectorAll("details.case")];
  const buttons = [...tools.querySelectorAll(".filter button")];
  const find = tools.querySelector("input");
  const all = tools.querySelector(".all");
  const found = tools.querySelector(".found");
  let state = "";
  tools.hidden = false;

  const show = () => {
    const wanted = find.value.trim().toLowerCase();
    let n = 0;
    for (const card of cards) {
      const fits = (!state || card.dataset.state === state) && card.dataset.find.toLowerCase().includes(wanted);
      card.hidden = !fits;
      n += fits;
    }
    found.textContent = n === cards.length ? "" : `${n} 件を表示`;
  };
  for (const button of buttons) {
    button.addEventListener("click", () => {
      state = button.dataset.state;
      for (const other of buttons) other.setAttribute("aria-pressed", String(other === button));
      show();
    });
  }
  find.addEventListener("input", show);
  all.addEventListener("click", () => {
    const open = all.textContent === "すべて開く";
    for (const card of cards) if (!card.hidden) card.open = open;
    all.textContent = open ? "すべて閉じる" : "すべて開く";
  });

  const reveal = () => {
    const target = location.hash && document.getElementById(location.hash.slice(1));
    const card = target && target.closest("details.case");
    if (card) {
      card.hidden = false;
      card.open = true;
      target.scrollIntoView({ block: "nearest" });
    }
  };
  addEventListener("hashchange", reveal);
  reveal();
})();
