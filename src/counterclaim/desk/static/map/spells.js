// Who held what on a day, for every town at once: unpacked from what `/map/spells.json` gives, asked by day number
// counted from the first day of the record (0). What a standing means is said in docs/desk.md.

export const STANDINGS = ["held", "besieged", "contested", "claimed", "unknown"];
/** In place of a standing: nobody had spoken of the town yet. */
export const SILENT = 255;
const DAY = 86400000;

export class Spells {
  constructor(data) {
    this.data = data;
    this.first = Date.parse(data.first);
    this.days = Math.round((Date.parse(data.last) - this.first) / DAY) + 1;
    this.towns = data.towns.map((row, n) => town(row, n, data.countries));
    this.byName = new Map();
    for (const one of this.towns) if (!this.byName.has(one.name)) this.byName.set(one.name, one);
    const n = this.towns.length;
    this.day = -1;
    /** Changes whenever a town is spoken of that was not, or the other way round. */
    this.flips = 0;
    this.standing = new Uint8Array(n).fill(SILENT);
    this.one = new Uint8Array(n);
    this.two = new Uint8Array(n);
    this.strength = new Float32Array(n);
    this.age = new Int16Array(n);
    this.turned = new Uint8Array(n);
    this.colours = data.names.map((name) => this.pair(name));
  }

  /** All towns as they stood on a day. */
  move(day) {
    if (day === this.day) return false;
    this.day = day;
    for (const one of this.towns) this.place(one, day);
    return true;
  }

  place(one, day) {
    const n = one.n, spells = one.spells;
    let at = one.at;
    while (at + 4 < spells.length && spells[at + 4] <= day) at += 4;
    while (at > 0 && spells[at] > day) at -= 4;
    one.at = at;
    if ((this.standing[n] === SILENT) !== spells[at] > day) this.flips += 1;
    if (spells[at] > day) {
      this.standing[n] = SILENT;
      this.turned[n] = 0;
      return;
    }
    const standing = spells[at + 1], holder = this.colours[spells[at + 2]], by = this.colours[spells[at + 3]];
    this.standing[n] = standing;
    if (standing === 2 && by[1]) [this.one[n], this.two[n]] = by;
    else [this.one[n], this.two[n]] = [holder[0] || by[0], by[0] === holder[0] && standing === 2 ? 0 : by[0]];
    this.turned[n] = spells[at] === day && day > 0 ? 1 : 0;
    const spoken = one.spoken;
    let last = one.word;
    while (last + 2 < spoken.length && spoken[last + 2] <= day) last += 2;
    while (last > 0 && spoken[last] > day) last -= 2;
    one.word = last;
    const age = spoken.length ? Math.max(0, day - spoken[last + 1]) : 0;
    this.age[n] = age;
    const { days, strength } = this.data.fade;
    let step = 0;
    while (step < days.length && age > days[step]) step += 1;
    this.strength[n] = standing < 3 ? strength[step] : 0;
  }

  /** The numbers of the colours that a name stands for: of one party, or of the first two that it names. */
  pair(name) {
    const number = (party) => {
      const found = this.data.parties.indexOf(party);
      return found < 0 ? 0 : 1 + Math.min(found, this.data.light.length - 1);
    };
    const parts = name ? name.split(" and ") : [];
    return parts.length > 1 ? [number(parts[0]), number(parts[1])] : [number(name), 0];
  }

  /** A town's standing on the day it was moved to, in words that make no claim a fact. */
  says(one) {
    const { names } = this.data, at = one.at, standing = this.standing[one.n];
    if (standing === SILENT) return "nobody had spoken of it";
    const holder = names[one.spells[at + 2]], by = names[one.spells[at + 3]];
    if (standing === 0) return `held by ${holder}`;
    if (standing === 1) return `${holder ? `held by ${holder}, ` : ""}besieged${by ? ` by ${by}` : ""}`;
    if (standing === 2) return by.includes(" and ") ? `contested: ${by}` : `contested${holder ? `, held by ${holder}` : ""}`;
    if (standing === 3) return `claimed for ${holder || by}`;
    return `unknown${by ? `, left by ${by}` : ""}`;
  }

  date(day) { return new Date(this.first + day * DAY); }
  iso(day) { return this.date(day).toISOString().slice(0, 10); }
  offset(iso) { return Math.round((Date.parse(iso) - this.first) / DAY); }
  /** The number of a day of the war; 0 before its first, or where that is not known. */
  number(day) {
    const one = this.data.day_one;
    return one ? Math.max(0, Math.round((this.first + day * DAY - Date.parse(one)) / DAY) + 1) : 0;
  }
}

function town([name, country, lon, lat, vague, reach, unit, spells, spoken], n, countries) {
  const sin = Math.sin((lat * Math.PI) / 180);
  return {
    n, name, lon, lat, vague, reach, unit, spells, spoken, at: 0, word: 0, country: countries[country] || "",
    x: (lon + 180) / 360, y: 0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI),
    perKm: 1 / (40075.017 * Math.cos((lat * Math.PI) / 180)),
  };
}
