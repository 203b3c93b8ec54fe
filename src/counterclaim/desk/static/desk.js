// Nothing here is needed to read: it marks the whole of a row's words when one comes to it, and takes a few keys.
"use strict";

function light() {
  for (const one of document.querySelectorAll(".on")) one.classList.remove("on");
  const id = decodeURIComponent(location.hash.slice(1)).replace(/^card-/, "");
  if (!id) return;
  for (const one of document.querySelectorAll("[data-of]")) if (one.dataset.of === id) one.classList.add("on");
  const card = document.getElementById("card-" + id);
  if (card) card.classList.add("on");
}

function move(step) {
  const every = [...document.querySelectorAll(".card, .scroll tbody tr, .hit, .matter, .answer")];
  if (!every.length) return;
  const at = every.findIndex((one) => one.contains(document.activeElement));
  const next = every[Math.min(Math.max(at + step, 0), every.length - 1)];
  const link = next.querySelector("a");
  if (link) link.focus();
}

const help = document.getElementById("help");
const opener = document.getElementById("keys");
if (opener) {
  opener.hidden = false;
  opener.addEventListener("click", () => help.showModal());
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
  if (help && help.open) return;
  if (event.key === "?") help.showModal();
  else if (event.key === "j") move(1);
  else if (event.key === "k") move(-1);
  else if (event.key === "/") { document.getElementById("q").focus(); event.preventDefault(); }
  else if (event.key === "o") {
    const link = document.querySelector("a.original");
    if (link) link.click();
  } else if (event.key === "[" || event.key === "]") {
    const link = document.querySelector(event.key === "[" ? "a[rel=prev]" : "a[rel=next]");
    if (link) link.click();
  }
});
window.addEventListener("hashchange", light);
light();
