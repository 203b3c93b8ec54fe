// Names beside their marks, on a canvas over the map: each takes the first free place around its mark, those spoken of
// last first; what finds none is told in the list and when pointed at. The fonts are the reader's own.

import { SILENT } from "./spells.js";

const MOST = 140;
const RANKED = 400;
const TILE = 512;
/** Milliseconds between two placings of all names while days go by. */
const PAUSE = 250;

/** From a place of Mercator's square to pixels of a map that is never turned or tilted. */
export function projection(map) {
  const box = map.getContainer(), centre = map.getCenter(), world = TILE * 2 ** map.getZoom();
  const wide = box.clientWidth, high = box.clientHeight;
  const sin = Math.sin((centre.lat * Math.PI) / 180);
  const cx = (centre.lng + 180) / 360, cy = 0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI);
  return { world, wide, high, x: wide / 2 - cx * world, y: high / 2 - cy * world };
}

export class Names {
  constructor(map, canvas, spells, land, look, radius) {
    Object.assign(this, { map, canvas, spells, land, look, radius, project: () => projection(map), pen: canvas.getContext("2d"), widths: new Map(), boxes: [] });
    map.on("move", () => this.draw());
    map.on("resize", () => this.draw());
  }

  /** Another day: names are placed anew, but not in every frame of a slider that runs. */
  changed() {
    const since = performance.now() - (this.placed || 0);
    clearTimeout(this.waiting);
    if (since > PAUSE) this.draw();
    else this.waiting = setTimeout(() => this.draw(), PAUSE - since);
  }

  /** The towns in view that anybody had spoken of, with their pixels. */
  inView(room = 0) {
    const { spells } = this, p = this.project(), found = [];
    for (const one of spells.towns) {
      if (spells.standing[one.n] === SILENT) continue;
      const x = one.x * p.world + p.x, y = one.y * p.world + p.y;
      if (x > -room && y > -room && x < p.wide + room && y < p.high + room) found.push({ one, x, y });
    }
    return found;
  }

  /** The same, those to be named first first: the chosen one, those that changed, those spoken of last. */
  ranked() {
    const { spells } = this, shown = this.inView(), ranks = new Float64Array(shown.length);
    shown.forEach(({ one }, i) => {
      const n = one.n, rank = (n === this.chosen ? 2e5 : 1e6) - spells.turned[n] * 1e5 + (one.vague ? 5e4 : 0) + spells.age[n] * 10 + spells.standing[n];
      ranks[i] = rank * 65536 + i; // sorted as plain numbers, with their place in the last digits
    });
    return Array.from(ranks.sort().subarray(0, RANKED), (rank) => shown[rank % 65536]);
  }

  draw() {
    const { canvas, pen, look } = this, scale = window.devicePixelRatio || 1, p = this.project();
    this.placed = performance.now();
    if (canvas.width !== Math.round(p.wide * scale) || canvas.height !== Math.round(p.high * scale)) {
      canvas.width = Math.round(p.wide * scale);
      canvas.height = Math.round(p.high * scale);
    }
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    pen.clearRect(0, 0, p.wide, p.high);
    pen.lineJoin = "round";
    pen.textBaseline = "middle";
    const r = this.radius(), shown = this.ranked(), taken = [];
    for (const { one, x, y } of shown) if (!one.vague) taken.push([x - r, y - r, x + r, y + r]);
    this.boxes = [];
    let left = MOST;
    for (const { one, x, y } of shown) {
      if (!left) break;
      const box = this.free(one, x, y, r, taken, p);
      if (!box) continue;
      taken.push(box);
      this.boxes.push([one, box]);
      left -= 1;
      this.write(this.words(one), box[0] + 2, (box[1] + box[3]) / 2, one);
    }
    for (const [name, lon, lat] of this.land.data.names) {
      const sin = Math.sin((lat * Math.PI) / 180);
      const x = ((lon + 180) / 360) * p.world + p.x;
      const y = (0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)) * p.world + p.y;
      const words = name.toUpperCase().split("").join("\u200a"), wide = this.width(words, "11px") + 6;
      const box = [x - wide / 2, y - 8, x + wide / 2, y + 8];
      if (box[0] < 0 || box[2] > p.wide || taken.some((other) => meet(other, box))) continue;
      pen.font = `11px ${look.font}`;
      pen.fillStyle = look.soft;
      pen.fillText(words, box[0] + 3, y);
    }
    this.scale(p);
  }

  write(words, x, y, one) {
    const { pen, look } = this;
    pen.font = this.font(one);
    pen.strokeStyle = look.home;
    pen.lineWidth = 3;
    pen.strokeText(words, x, y);
    pen.fillStyle = look.ink;
    pen.fillText(words, x, y);
  }

  /** A bar of a round number of kilometres. */
  scale(p) {
    const { pen, look } = this;
    const perKm = (p.world / 40075.017) / Math.cos((this.map.getCenter().lat * Math.PI) / 180);
    const km = [500, 200, 100, 50, 20, 10, 5, 2, 1].find((n) => n * perKm <= 110) || 1;
    pen.strokeStyle = look.soft;
    pen.lineWidth = 1.2;
    pen.beginPath();
    pen.moveTo(12, p.high - 16);
    pen.lineTo(12, p.high - 11);
    pen.lineTo(12 + km * perKm, p.high - 11);
    pen.lineTo(12 + km * perKm, p.high - 16);
    pen.stroke();
    pen.font = `11px ${look.font}`;
    pen.fillStyle = look.soft;
    pen.fillText(`${km} km`, 16, p.high - 19);
  }

  free(one, x, y, r, taken, p) {
    const wide = this.width(this.words(one), this.font(one)) + 4, high = 16;
    const n = one.n, off = r * (n === this.chosen ? 2.9 : this.spells.turned[n] ? 2.7 : this.spells.standing[n] === 1 ? 2.1 : 1.4) + 2;
    const tries = one.vague
      ? [[x - wide / 2, y - high / 2]]
      : [[x + off, y - high / 2], [x - off - wide, y - high / 2], [x - wide / 2, y - off - high], [x - wide / 2, y + off]];
    for (const [left, top] of tries) {
      const box = [left, top, left + wide, top + high];
      const own = ([a, b, c, d]) => !one.vague && a === x - r && b === y - r && c === x + r && d === y + r;
      if (left > 2 && top > 2 && box[2] < p.wide - 2 && box[3] < p.high - 2 && !taken.some((other) => meet(other, box) && !own(other))) return box;
    }
    return null;
  }

  words(one) {
    const age = this.spells.age[one.n];
    return age < 4 ? one.name : `${one.name} · ${age < 365 ? `${age} d` : `${Math.floor(age / 365)} y`}`;
  }

  font(one) { return one.vague ? `italic 12px ${this.look.font}` : `600 12.5px ${this.look.font}`; }

  width(words, font) {
    const key = font + words;
    if (!this.widths.has(key)) {
      this.pen.font = font;
      this.widths.set(key, this.pen.measureText(words).width);
    }
    return this.widths.get(key);
  }

  /** The town whose mark or name is at a point: the nearest mark, else the name. */
  at(x, y) {
    let best = null, least = 14;
    for (const each of this.inView(20)) {
      const far = Math.hypot(each.x - x, each.y - y);
      if (!each.one.vague && far < least) [best, least] = [each.one, far];
    }
    if (best) return best;
    const named = this.boxes.find(([, [a, b, c, d]]) => x >= a && x <= c && y >= b && y <= d);
    return named ? named[0] : null;
  }
}

const meet = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
