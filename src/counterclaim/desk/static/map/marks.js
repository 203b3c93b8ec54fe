// Towns and the shading around them, on a canvas over MapLibre's: while days go by the land below is not drawn again, and
// without a graphics card plain pictures are quicker than shaders, so that the slider moves thousands of towns.
//
// Shading ends at a town's reach, half way to the next town that is spoken of, and at the border of its country. It is
// worked out on a coarse grid and drawn soft. Shapes tell standings apart, as in the picture (exports/map/svg): ● held,
// ◉ besieged, ◆ contested, dashed ○ claimed only, ✕ unknown; a thin ring: changed that day.

import { SILENT } from "./spells.js";

/** Pixels to a cell of the grid: few towns finely, many coarsely. */
const FINE = 2, COARSE = 4, MANY = 1500;

export class Marks {
  constructor(map, canvas, project, spells, land, look) {
    Object.assign(this, { map, canvas, project, spells, land, look, chosen: -1, pen: canvas.getContext("2d") });
    this.towns = spells.towns.filter((one) => !one.vague);
    this.circles = spells.towns.filter((one) => one.vague && !land.units.has(one.unit));
    this.codes = new Map([...land.byCountry.keys()].map((code, n) => [code, n + 1]));
    this.grain = this.towns.length > MANY ? COARSE : FINE;
    this.sheet = document.createElement("canvas");
    this.sprites = new Map();
    this.colours = look.parties.map((hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)));
    map.on("move", () => this.draw());
    map.on("resize", () => this.draw());
  }

  /** Pixels from the middle of a mark to its edge: small where many would cover each other. */
  radius() {
    const crowd = Math.min(1, Math.max(0, Math.log2((this.towns.length + 1) / 60) / 7));
    const near = Math.min(1, Math.max(0, (this.map.getZoom() - 5) / 4));
    return 6.4 - 3.6 * crowd * (1 - near);
  }

  draw() {
    const { canvas, pen, spells } = this, p = this.project(), scale = window.devicePixelRatio || 1;
    const width = Math.round(p.wide * scale), height = Math.round(p.high * scale);
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    pen.clearRect(0, 0, p.wide, p.high);
    for (const one of this.circles) if (spells.standing[one.n] < 3) this.circle(one, p);
    this.shade(p);
    pen.drawImage(this.sheet, 0, 0, this.across * this.grain, this.down * this.grain);
    const r = Math.round(this.radius() * 2) / 2;
    let last = null;
    for (const one of this.towns) {
      const n = one.n;
      if (spells.standing[n] === SILENT) continue;
      if (n === this.chosen) last = one;
      else this.stamp(one, p, r, spells.turned[n], scale);
    }
    if (last) this.stamp(last, p, r, 2, scale);
  }

  /** A region that no outline is known for: soft, stronger towards its middle. */
  circle(one, p) {
    const { pen, spells } = this, x = one.x * p.world + p.x, y = one.y * p.world + p.y, r = one.reach * one.perKm * p.world;
    const [red, green, blue] = this.colours[spells.one[one.n]], fill = pen.createRadialGradient(x, y, 0, x, y, r);
    fill.addColorStop(0, `rgba(${red},${green},${blue},${spells.strength[one.n] / 2})`);
    fill.addColorStop(1, `rgba(${red},${green},${blue},0)`);
    pen.fillStyle = fill;
    pen.beginPath();
    pen.arc(x, y, r, 0, 2 * Math.PI);
    pen.fill();
  }

  stamp(one, p, r, ring, scale) {
    const x = one.x * p.world + p.x, y = one.y * p.world + p.y, { spells } = this, n = one.n;
    if (x < -20 || y < -20 || x > p.wide + 20 || y > p.high + 20) return;
    const key = spells.standing[n] + 8 * (spells.one[n] + 8 * (spells.two[n] + 8 * (ring + 4 * r * 2)));
    let sprite = this.sprites.get(key);
    if (!sprite) this.sprites.set(key, (sprite = this.sprite(spells.standing[n], spells.one[n], spells.two[n], ring, r, scale)));
    const half = sprite.width / scale / 2;
    this.pen.drawImage(sprite, Math.round((x - half) * scale) / scale, Math.round((y - half) * scale) / scale, 2 * half, 2 * half);
  }

  /** The picture of a mark. */
  sprite(standing, one, two, ring, r, scale) {
    const { look } = this, half = Math.ceil(r * (ring ? 2.9 : 2) + 2);
    const made = Object.assign(document.createElement("canvas"), { width: 2 * half * scale, height: 2 * half * scale });
    const pen = made.getContext("2d");
    pen.setTransform(scale, 0, 0, scale, half * scale, half * scale);
    const round = (radius, fill, stroke, wide, dash = []) => {
      pen.beginPath();
      pen.arc(0, 0, radius, 0, 2 * Math.PI);
      paint(fill, stroke, wide, dash);
    };
    const paint = (fill, stroke, wide, dash = []) => {
      if (fill) { pen.fillStyle = fill; pen.fill(); }
      if (stroke) { pen.setLineDash(dash); pen.lineWidth = wide; pen.strokeStyle = stroke; pen.stroke(); }
    };
    const path = (points, ...how) => {
      pen.beginPath();
      points.forEach(([x, y], n) => pen[n ? "lineTo" : "moveTo"](x, y));
      pen.closePath();
      paint(...how);
    };
    const a = look.parties[one], b = look.parties[two];
    if (ring === 1) { round(r * 2.4, "", look.home, 2.4); round(r * 2.4, "", look.ink, 1.1); }
    if (ring === 2) { round(r * 2.5, "", look.home, 4.4); round(r * 2.5, "", look.accent, 2.6); }
    if (standing === 0) round(r, a, look.ink, 0.9);
    else if (standing === 1) {
      round(r * 1.6, "", look.home, r * 0.9);
      round(r * 1.6, "", b, r * 0.5);
      round(r * 0.9, a, look.ink, 0.9);
    } else if (standing === 2) {
      const d = r * 1.4;
      path([[0, -d], [-d, 0], [0, d]], a, look.ink, 0.9);
      path([[0, -d], [d, 0], [0, d]], b, look.ink, 0.9);
    } else if (standing === 3) {
      const wide = Math.max(1.6, r * 0.4), turn = 2 * Math.PI * r * 0.9;
      round(r * 0.9, look.home, a, wide, [(turn / 7) * 0.62, (turn / 7) * 0.38]);
    } else {
      const d = r * 0.75;
      for (const [stroke, wide] of [[look.home, r * 0.4 + 2], [look.parties[0], Math.max(1.4, r * 0.4)]]) {
        path([[-d, -d], [d, d]], "", stroke, wide);
        path([[-d, d], [d, -d]], "", stroke, wide);
      }
    }
    return made;
  }

  /** The grid, each cell in the colour of its town. */
  shade(p) {
    const { grain, spells } = this, across = Math.ceil(p.wide / grain), down = Math.ceil(p.high / grain), cells = across * down;
    this.countries(p, across, down);
    const { far, owner } = this.nearest(p, across, down);
    const image = (this.image ??= new ImageData(across, down)), { data } = image;
    for (let at = 0, to = 0; at < cells; at += 1, to += 4) {
      const n = owner[at], strength = n < 0 ? 0 : spells.strength[n];
      data[to + 3] = 0;
      if (!strength) continue;
      const stripe = spells.standing[n] === 2 && ((((at % across) + Math.floor(at / across)) * grain) >> 3) & 1;
      const colour = this.colours[stripe ? spells.two[n] : spells.one[n]];
      const out = Math.max(0, Math.sqrt(far[at]) / spells.towns[n].reach - 0.75) / 0.25;
      data[to] = colour[0];
      data[to + 1] = colour[1];
      data[to + 2] = colour[2];
      data[to + 3] = 255 * strength * (1 - 0.8 * out);
    }
    this.sheet.getContext("2d", { willReadFrequently: true }).putImageData(image, 0, 0);
  }

  /** Of each cell the nearest town that is spoken of and reaches it: the same while map and towns stay. */
  nearest(p, across, down) {
    const key = `${this.key} ${this.spells.flips}`;
    if (key === this.stood) return this;
    this.stood = key;
    const { spells, grain } = this;
    const far = (this.far ??= new Float32Array(across * down)).fill(Infinity);
    const owner = (this.owner ??= new Int32Array(across * down)).fill(-1);
    for (const one of this.towns) {
      if (spells.standing[one.n] === SILENT) continue;
      const x = (one.x * p.world + p.x) / grain - 0.5, y = (one.y * p.world + p.y) / grain - 0.5;
      const km = (one.perKm * p.world) / grain, r = one.reach * km, most = one.reach * one.reach, code = this.codes.get(one.country) || 0;
      const left = Math.max(0, Math.ceil(x - r)), right = Math.min(across - 1, Math.floor(x + r));
      const bottom = Math.min(down - 1, Math.floor(y + r));
      for (let j = Math.max(0, Math.ceil(y - r)); j <= bottom; j += 1) {
        const dy = (j - y) / km, row = j * across;
        for (let i = left; i <= right; i += 1) {
          const dx = (i - x) / km, d = dx * dx + dy * dy, at = row + i;
          if (d < far[at] && d < most && (!code || this.country[at] === code)) { far[at] = d; owner[at] = one.n; }
        }
      }
    }
    return this;
  }

  /** The country of each cell, by number: drawn once for where the map is, each country in a red of its own. */
  countries(p, across, down) {
    const key = `${p.world} ${p.x} ${p.y} ${across} ${down}`;
    if (key === this.key) return;
    this.key = key;
    if (across !== this.across || down !== this.down) {
      Object.assign(this, { across, down, far: undefined, owner: undefined, image: undefined });
      Object.assign(this.sheet, { width: across, height: down });
      this.ground = Object.assign(document.createElement("canvas"), { width: across, height: down });
      this.country = new Uint8Array(across * down);
    }
    this.paths ??= [...this.land.byCountry].map(([code, rings]) => [this.codes.get(code), squared(rings)]);
    const pen = this.ground.getContext("2d", { willReadFrequently: true }), scale = p.world / this.grain;
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.clearRect(0, 0, across, down);
    pen.setTransform(scale, 0, 0, scale, p.x / this.grain, p.y / this.grain);
    for (const [number, path] of this.paths) {
      pen.fillStyle = `rgb(${number},0,0)`;
      pen.fill(path);
    }
    const { data } = pen.getImageData(0, 0, across, down);
    for (let at = 0; at < this.country.length; at += 1) this.country[at] = data[at * 4];
  }
}

/** Rings of degrees as one path in Mercator's square. */
function squared(rings) {
  const path = new Path2D();
  for (const ring of rings) {
    ring.forEach(([lon, lat], n) => {
      const sin = Math.sin((lat * Math.PI) / 180);
      path[n ? "lineTo" : "moveTo"]((lon + 180) / 360, 0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI));
    });
    path.closePath();
  }
  return path;
}
