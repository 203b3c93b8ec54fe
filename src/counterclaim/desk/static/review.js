// Keys for review, and the next row fetched ahead. Without this file every button and form works as it is.
"use strict";

let ahead = null;
let busy = false;

const task = () => document.getElementById("task");

async function part(address, name, more = {}) {
  const answer = await fetch(address, { ...more, headers: { "X-Part": name } });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

function preload() {
  const next = task().dataset.next;
  ahead = next ? part(next, "task").then((page) => page.getElementById("task")).catch(() => null) : null;
}

function show(next, address) {
  task().replaceWith(next);
  history.replaceState(null, "", address);
  window.scrollTo(0, 0);
  next.focus({ preventScroll: true });
}

function trouble(words) {
  const said = document.createElement("p");
  said.className = "trouble";
  said.setAttribute("role", "alert");
  said.textContent = words;
  task().prepend(said);
}

async function say(form, verdict) {
  if (busy) return;
  busy = true;
  const here = location.href;
  const shown = task();
  const address = shown.dataset.next;
  const body = new URLSearchParams(new FormData(form));
  body.set("verdict", verdict);
  const kept = part(form.action, "past", { method: "POST", body });
  kept.catch(() => null);
  const next = await ahead;
  if (next) show(next, address);
  try {
    const past = (await kept).getElementById("past");
    document.getElementById("past").replaceWith(past);
    if (next) preload();
    else location.assign(address || location.pathname + location.search.replace(/([?&])at=[^&]*/, "$1"));
  } catch {
    if (next) show(shown, here);
    trouble("That was not kept. Is the desk still running? Try again.");
    preload();
  }
  busy = false;
}

function press(key) {
  const form = task().querySelector("form.say");
  const verdict = { y: "yes", n: "no", u: "unsure" }[key];
  if (verdict && form) say(form, verdict);
  else if (key === "z") document.querySelector("#undo")?.requestSubmit();
  else if (key === "e") {
    const edit = document.getElementById("edit");
    if (!edit) return false;
    edit.open = true;
    edit.querySelector("select, input:not([type=hidden])").focus();
  } else return false;
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  const edit = document.getElementById("edit");
  if (event.key === "Escape" && edit?.open) {
    edit.open = false;
    task().focus();
  } else if (!event.target.closest("input, textarea, select") && press(event.key)) event.preventDefault();
});

document.addEventListener("submit", (event) => {
  if (!event.target.matches("form.say") || !event.submitter) return;
  event.preventDefault();
  say(event.target, event.submitter.value);
});

if (task()) preload();
