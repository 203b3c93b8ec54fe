// Adding reports: a box that takes what is dropped on it; a job that shows how far it is. Without it, links do the same.
"use strict";

for (const box of document.querySelectorAll(".drop")) {
  const field = box.querySelector("input");
  for (const kind of ["dragover", "dragleave", "drop"]) {
    box.addEventListener(kind, (event) => {
      event.preventDefault();
      box.classList.toggle("over", kind === "dragover");
      if (kind === "drop" && event.dataTransfer.files.length) field.files = event.dataTransfer.files;
    });
  }
}

async function look() {
  const answer = await fetch(location.href);
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const [here, there] = [document.getElementById("job"), page.getElementById("job")];
  // Only what is new is put in, so that the place of a reader who is at a link stays where it is.
  const state = here.querySelector(".state"), said = there.querySelector(".state").textContent;
  if (state.textContent !== said) state.textContent = said;
  here.querySelector("progress").value = there.querySelector("progress").value;
  const old = here.querySelectorAll(".inputs > li");
  there.querySelectorAll(".inputs > li").forEach((item, n) => {
    if (old[n].innerHTML !== item.innerHTML) old[n].replaceWith(item);
  });
  here.dataset.state = there.dataset.state;
  if (page.querySelector(".stop")) setTimeout(look, 700);
  else for (const gone of document.querySelectorAll(".stop, .again")) gone.remove();
}

if (document.querySelector(".stop")) setTimeout(look, 500);
