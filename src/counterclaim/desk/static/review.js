// Keys for review, and the next row fetched ahead. Without this file every button and form works as it is.
"use strict";

let ahead = null; // the next row, or a promise of it
let waiting = false; // whether a judged row still stands there, as the next one has not come
let kept = Promise.resolve(); // judgements are sent one after the other
const done = new Set(); // rows judged since the page was loaded

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

async function send(form, body, shown, here) {
  try {
    const page = await part(form.action, "past", { method: "POST", body });
    document.getElementById("past").replaceWith(page.getElementById("past"));
  } catch {
    done.delete(shown.dataset.ref);
    show(shown, here);
    preload();
    trouble("That was not kept. Is the desk still running? Try again.");
    throw new Error("not kept");
  }
}

async function say(form, verdict) {
  if (waiting) return;
  waiting = true;
  const here = location.href;
  const shown = task();
  const address = shown.dataset.next;
  const body = new URLSearchParams(new FormData(form));
  body.set("verdict", verdict);
  done.add(shown.dataset.ref);
  kept = kept.catch(() => null).then(() => send(form, body, shown, here));
  kept.catch(() => null); // what went wrong is said where the row stands
  const next = await ahead;
  if (next && !done.has(next.dataset.ref)) {
    show(next, address);
    preload();
  } else {
    const rest = new URL(here);
    rest.searchParams.delete("at");
    kept.then(() => location.assign(rest), () => null);
  }
  waiting = false;
}

function press(key) {
  const form = task().querySelector("form.say");
  const verdict = { y: "yes", n: "no", u: "unsure" }[key];
  if (verdict && form) say(form, verdict);
  else if (key === "z") kept.then(() => document.querySelector("#undo")?.requestSubmit(), () => null);
  else if (key === "e") {
    const edit = document.getElementById("edit");
    if (!edit) return false;
    edit.open = true;
    edit.querySelector("select, input:not([type=hidden])").focus();
  } else return false;
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || document.querySelector("dialog[open]")) return;
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
