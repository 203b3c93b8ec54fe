// A page with a map: the slider, its days, the address, and what stands beside. Without this the page shows the picture
// of the day and links to others.

import { Spells, SILENT } from "./spells.js";
import { Times } from "./times.js";

const atlas = document.querySelector(".atlas");
const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
const dark = window.matchMedia("(prefers-color-scheme: dark)");
const part = (name) => document.querySelector(`[data-part="${name}"]`);
const LONG = { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" };
/** Milliseconds that the slider must rest before the page asks for words of the day. */
const REST = 350;
const LISTED = 60;
/** Milliseconds that a graphics driver which fell over may take to come back. */
const BREATH = 1500;

/** The colours of the page, as its style sheet has them now. */
function looks(data) {
  const css = getComputedStyle(atlas), of = (name) => css.getPropertyValue(`--map-${name}`).trim();
  const parties = [of("nobody"), ...(dark.matches ? data.dark : data.light)];
  const look = { parties, font: css.fontFamily };
  for (const name of ["sea", "land", "home", "line", "thin", "ink", "soft", "accent"]) look[name] = of(name);
  return look;
}

class Page {
  constructor(spells, land) {
    Object.assign(this, { spells, land, slider: part("slider"), day: 0, chosen: null, playing: 0 });
    this.look = looks(spells.data);
    this.address = new URL(location.href);
    this.slider.max = spells.days - 1;
    part("controls").hidden = part("inview").hidden = false;
    atlas.classList.add("moves");
    this.times = new Times(part("times"), spells, (day) => this.go(day));
    this.slider.addEventListener("input", () => this.go(Number(this.slider.value)));
    part("play").addEventListener("click", () => (this.playing ? this.stop() : this.play()));
    document.addEventListener("click", (event) => this.follow(event));
    window.addEventListener("popstate", () => this.restore(new URL(location.href)));
    dark.addEventListener("change", () => this.dress());
    this.legend();
  }

  /** What the address says: day, town, and where the map is. */
  restore(address) {
    const { spells } = this, at = address.searchParams;
    const day = at.get("date") || atlas.dataset.date;
    this.chosen = spells.byName.get(at.get("place")) || null;
    const view = (at.get("at") || "").split(",").map(Number);
    this.show(Math.max(0, Math.min(spells.days - 1, spells.offset(day))));
    if (this.map && view.length === 3 && view.every(Number.isFinite)) this.map.jumpTo({ center: [view[0], view[1]], zoom: view[2] });
    return view.length === 3 && view.every(Number.isFinite) ? view : null;
  }

  /** Somebody chose a day. Only the newest of several within a frame is drawn. */
  go(day, still = true) {
    if (still) this.stop();
    this.wanted = Math.max(0, Math.min(this.spells.days - 1, day));
    if (this.asked) return;
    this.asked = requestAnimationFrame(() => {
      this.asked = 0;
      this.show(this.wanted);
      this.rest();
    });
  }

  show(day) {
    const { spells, slider } = this;
    this.day = day;
    spells.move(day);
    const number = spells.number(day), date = spells.date(day).toLocaleDateString("en-GB", LONG);
    const words = number ? `Day ${number}, ${date}` : date;
    slider.value = day;
    slider.setAttribute("aria-valuetext", words);
    for (const place of document.querySelectorAll("[data-show=number]")) place.textContent = number ? `DAY ${number}` : "";
    for (const place of document.querySelectorAll("[data-show=date]")) place.textContent = date;
    this.times.move(day);
    this.times.town(this.chosen, this.look.parties);
    this.draw();
  }

  draw() {
    if (!this.marks) return;
    const { map, marks, names, spells, look } = this;
    marks.chosen = names.chosen = this.chosen ? this.chosen.n : -1;
    marks.draw();
    names.changed();
    for (const one of spells.towns) {
      if (!one.vague) continue;
      const n = one.n, shown = spells.standing[n] !== SILENT;
      const state = `${shown} ${spells.one[n]} ${spells.strength[n]}`;
      if (one.state === state) continue;
      one.state = state;
      map.setFeatureState({ source: "regions", id: n }, { shown, one: spells.one[n], strength: spells.strength[n] / 2 });
    }
    const before = spells.data.lines.filter((one) => one.since <= spells.iso(this.day)).length;
    if (before !== this.before) {
      this.before = before;
      for (const id of ["stripes", "before"]) map.setFilter(id, ["all", ["<=", ["get", "since"], spells.iso(this.day)], ...(id === "stripes" ? [["==", ["geometry-type"], "Polygon"]] : [])]);
    }
    this.look = look;
  }

  /** When the slider rests: the address, the list, and words of the day. */
  rest() {
    clearTimeout(this.resting);
    this.resting = setTimeout(() => {
      this.settle();
      this.beside();
    }, REST);
  }

  /** The address and the list say what is shown, and the picture shows it where it stands for the map. */
  settle() {
    this.write();
    this.list();
    if (this.picture) this.picture.src = atlas.dataset.picture.replace(atlas.dataset.date, this.spells.iso(this.day));
  }

  write() {
    const url = new URL(location.href), at = url.searchParams;
    at.delete("day");
    at.set("date", this.spells.iso(this.day));
    if (this.chosen) at.set("place", this.chosen.name);
    else at.delete("place");
    if (this.map && this.moved) {
      const centre = this.map.getCenter();
      at.set("at", [centre.lng.toFixed(3), centre.lat.toFixed(3), this.map.getZoom().toFixed(2)].join(","));
    }
    url.search = at.toString().replaceAll("%2C", ",");
    if (url.href !== location.href) history.replaceState(null, "", url);
    this.address = url;
  }

  /** What changed since the day before, and the chosen town's history: made by the desk, as its pages are. */
  async beside() {
    const url = new URL(atlas.dataset.beside, location.href);
    url.searchParams.set("date", this.spells.iso(this.day));
    if (this.chosen) url.searchParams.set("place", this.chosen.name);
    if (this.asking) this.asking.abort();
    this.asking = new AbortController();
    try {
      const answer = await fetch(url, { signal: this.asking.signal });
      if (!answer.ok) throw new Error(answer.statusText);
      const made = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const fresh of made.querySelectorAll("[data-fresh]")) {
        const old = part(fresh.dataset.part);
        if (old) old.replaceWith(document.adoptNode(fresh));
      }
      this.sight();
    } catch (error) {
      if (error.name !== "AbortError") part("changes").textContent = "The desk does not answer: is it still open?";
    }
  }

  /** The spell of the day is in sight in the town's panel. */
  sight() {
    const town = part("town"), spell = town.querySelector("li[aria-current]");
    if (spell) town.scrollTop = spell.offsetTop - town.offsetTop - 60;
  }

  /** The towns in view, those that changed first: each can be reached and opened by keyboard. */
  list() {
    const list = part("list");
    if (!list || !this.names) return;
    const found = this.names.ranked(), many = this.names.inView().length;
    part("many").textContent = many > LISTED ? `${LISTED} of ${many}` : `${many}`;
    list.replaceChildren(...found.slice(0, LISTED).map(({ one }) => {
      const item = document.createElement("li"), link = document.createElement("a");
      link.href = `?${new URLSearchParams({ ...Object.fromEntries(this.address.searchParams), place: one.name })}`;
      link.dataset.town = one.name;
      link.textContent = one.name;
      if (one === this.chosen) link.setAttribute("aria-current", "true");
      item.append(link, ` ${this.spells.says(one)}`);
      if (this.spells.turned[one.n]) item.classList.add("turned");
      return item;
    }));
  }

  choose(one, near = false) {
    this.chosen = one;
    this.show(this.day);
    this.rest();
    if (one && near && this.map && !this.map.getBounds().contains([one.lon, one.lat])) this.map.easeTo({ center: [one.lon, one.lat], animate: !calm.matches });
  }

  /** Links to days and towns of this map move it, instead of asking for another page. */
  follow(event) {
    const link = event.target.closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const { town, step } = link.dataset;
    if (town !== undefined && (town === "" || this.spells.byName.has(town))) this.choose(this.spells.byName.get(town) || null, true);
    else if (step) this.go(this.day + Number(step));
    else return;
    event.preventDefault();
  }

  play() {
    const pause = calm.matches ? 1500 : Math.max(80, Math.min(700, 40000 / this.spells.days));
    if (this.day >= this.spells.days - 1) this.show(0);
    part("play").textContent = "Pause";
    part("play").setAttribute("aria-pressed", "true");
    this.playing = setInterval(() => {
      if (this.day >= this.spells.days - 1) this.stop();
      else this.go(this.day + 1, false);
    }, pause);
  }

  stop() {
    clearInterval(this.playing);
    this.playing = 0;
    part("play").textContent = "Play";
    part("play").setAttribute("aria-pressed", "false");
  }

  legend() {
    const list = part("parties");
    list.replaceChildren(...this.spells.data.parties.slice(0, 6).map((name, n) => {
      const item = document.createElement("li"), swatch = document.createElement("i");
      swatch.style.backgroundColor = this.look.parties[n + 1];
      item.append(swatch, name);
      return item;
    }));
  }

  /** Light or dark: everything is drawn anew. */
  dress() {
    this.look = looks(this.spells.data);
    this.legend();
    this.times.town(this.chosen, this.look.parties);
    if (this.map) this.open(this.maplibre);
  }

  /** Draws the map; where that falls over, once more, and then the picture of the day stands in its place. */
  async open(maplibre) {
    this.maplibre = maplibre;
    const { open } = await import("./sheet.js");
    try {
      await open(this, maplibre, calm).catch(async (error) => {
        console.info(error);
        await new Promise((go) => setTimeout(go, BREATH));
        return open(this, maplibre, calm);
      });
    } catch (error) {
      this.picture = stand(error);
      part("inview").hidden = true;
      this.settle();
    }
  }
}

/** The picture of the day in place of the map. */
function stand(why) {
  console.error(why);
  const made = Object.assign(new Image(), { src: atlas.dataset.picture, alt: "Map of the day: who holds which town." });
  part("sheet").replaceChildren(made);
  return made;
}

async function start() {
  const json = async (address) => {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    return answer.json();
  };
  const vendor = import("../vendor/maplibre/maplibre-gl.mjs");
  const land = json(atlas.dataset.land);
  const page = new Page(new Spells(await json(atlas.dataset.spells)), null);
  page.restore(page.address);
  page.land = await land;
  await page.open(await vendor);
  page.list();
  page.sight();
  atlas.page = page; // for whoever looks closer
}

if (atlas) start().catch(stand);
