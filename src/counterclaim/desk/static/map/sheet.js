// The map itself: MapLibre with our land, our marks and our names. Opened once the page has its data, and again when
// light turns dark.

import { stripes, style, unpack } from "./land.js";
import { Marks } from "./marks.js";
import { Names, projection } from "./names.js";

const WORKER = new URL("../vendor/maplibre/maplibre-gl-worker.mjs", import.meta.url).href;

/** Seconds in sight that the first picture may take. */
const PATIENCE = 20;

export async function open(page, maplibre, calm) {
  const { spells, look } = page, sheet = document.querySelector("[data-part=sheet]");
  const land = unpack(page.land), [west, south, east, north] = land.data.frame;
  const before = page.map && { center: page.map.getCenter(), zoom: page.map.getZoom() };
  if (page.map) page.map.remove();
  page.map = page.marks = page.names = null;
  maplibre.setWorkerUrl(WORKER);
  maplibre.setWorkerCount(1);
  sheet.replaceChildren();
  const [lon, lat, zoom] = page.restore(page.address) || [];
  const map = new maplibre.Map({
    container: sheet, style: style(land, spells, look), attributionControl: false, dragRotate: false, touchPitch: false,
    pitchWithRotate: false, maxZoom: 9.5, fadeDuration: 0, renderWorldCopies: false,
    locale: { "Map.Title": "Map: arrow keys move it, plus and minus bring it nearer; the list beside it has its towns" },
    ...(before || (zoom === undefined ? { bounds: [west, south, east, north], fitBoundsOptions: { padding: 8 } } : { center: [lon, lat], zoom })),
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  for (const [name, image] of stripes(look)) map.addImage(name, image, { pixelRatio: 2 });
  const layer = () => sheet.appendChild(Object.assign(document.createElement("canvas"), { className: "over", ariaHidden: "true" }));
  const drawn = layer(), written = layer();
  sheet.append(buttons(map, calm, [west, south, east, north]));
  await loaded(map);
  const marks = new Marks(map, drawn, () => projection(map), spells, land, look);
  Object.assign(page, { map, marks, names: new Names(map, written, spells, land, look, () => marks.radius()), before: -1 });
  for (const one of spells.towns) one.state = "";
  hold(map, land.data.bounds);
  page.draw();
  map.on("click", ({ point }) => page.choose(page.names.at(point.x, point.y)));
  map.on("mousemove", ({ point }) => point_at(page, map, point));
  map.on("moveend", (event) => {
    if (event.originalEvent) page.moved = true;
    page.settle();
  });
  map.on("movestart", (event) => { if (event.originalEvent) page.moved = true; });
  if (zoom !== undefined) page.moved = true;
  sheet.dataset.ready = "true";
}

/** The first picture of the map. It does not come where the worker or the graphics driver fell over: then the map goes. */
function loaded(map) {
  return new Promise((ready, fail) => {
    let waited = 0;
    const watch = setInterval(() => {
      waited += document.hidden ? 0 : 1;  // a page that nobody sees draws nothing
      if (waited <= PATIENCE) return;
      clearInterval(watch);
      map.remove();
      fail(new Error("the map was not drawn"));
    }, 1000);
    map.once("load", () => {
      clearInterval(watch);
      ready();
    });
  });
}

/** The middle of the map stays on the land there is. */
function hold(map, [west, south, east, north]) {
  const least = map.cameraForBounds([[west, south], [east, north]]);
  if (least) map.setMinZoom(Math.max(1, least.zoom));
  map.on("dragend", () => {
    const { lng, lat } = map.getCenter();
    const centre = [Math.min(east, Math.max(west, lng)), Math.min(north, Math.max(south, lat))];
    if (centre[0] !== lng || centre[1] !== lat) map.easeTo({ center: centre });
  });
}

function point_at(page, map, { x, y }) {
  const one = page.names.at(x, y), canvas = map.getCanvas();
  canvas.style.cursor = one ? "pointer" : "";
  const words = one ? `${one.name}: ${page.spells.says(one)}` : "";
  if (canvas.title !== words) canvas.title = words;
}

function buttons(map, calm, frame) {
  const box = Object.assign(document.createElement("div"), { className: "zoom" });
  const add = (label, words, act) => {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: label, title: words, ariaLabel: words });
    button.addEventListener("click", act);
    box.append(button);
  };
  const options = () => ({ animate: !calm.matches });
  add("+", "Nearer", (event) => map.zoomIn(options(), { originalEvent: event }));
  add("−", "Further", (event) => map.zoomOut(options(), { originalEvent: event }));
  add("⌂", "The whole map", (event) => map.fitBounds(frame, { padding: 8, ...options() }, { originalEvent: event }));
  return box;
}
