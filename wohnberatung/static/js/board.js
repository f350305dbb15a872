// Cards of the board are drawn to another column with the mouse, and j and k lead from card to card. Drawing a card chooses
// the step that leads there in the form of the card, no more: people press the button, and the server asks every guard.
"use strict";

const cards = [...document.querySelectorAll("[data-card]")];
const columns = [...document.querySelectorAll("[data-column]")];
const said = document.querySelector("[data-board-said]");
const boardHelp = document.querySelector("[data-board-help]");
let drawn = null;

function leadingTo(card, column) {
  return [...card.querySelectorAll("option")].find((option) => option.dataset.leadsTo === column);
}

function choose(card, column) {
  const option = leadingTo(card, column);
  if (!option) {
    said.textContent = said.dataset.none;
    return;
  }
  option.selected = true;
  card.querySelector(".card__form button").focus();
  said.textContent = said.dataset.ready.replace("{step}", option.textContent.replace("…", "").trim());
}

function mark(column) {
  columns.forEach((each) => each.classList.toggle("board__column--target", each === column));
}

function go(by) {
  const at = cards.findIndex((card) => card.contains(document.activeElement));
  const next = cards[at < 0 ? 0 : Math.min(Math.max(at + by, 0), cards.length - 1)];
  next.querySelector("h3 a").focus();
}

if (cards.length) {
  boardHelp.hidden = false;
  cards.forEach((card) => {
    card.draggable = card.querySelector("select") !== null;
    card.addEventListener("dragstart", (event) => {
      drawn = card;
      event.dataTransfer.setData("text/plain", card.querySelector("h3").textContent.trim());
      event.dataTransfer.effectAllowed = "move";
    });
    card.addEventListener("dragend", () => {
      drawn = null;
      mark(null);
    });
  });
  columns.forEach((column) => {
    column.addEventListener("dragover", (event) => {
      if (drawn && leadingTo(drawn, column.dataset.column)) {
        event.preventDefault();
        mark(column);
      }
    });
    column.addEventListener("drop", (event) => {
      event.preventDefault();
      choose(drawn, column.dataset.column);
    });
  });
  document.addEventListener("shortcut", (event) => {
    const by = { j: 1, k: -1 }[event.detail];
    if (by) {
      go(by);
      event.preventDefault();
    }
  });
}
