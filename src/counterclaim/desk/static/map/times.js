// The timeline under the map: how many reports, events and figures each day has, where towns change hands, and the
// chosen town day by day. It lies over the slider's own scale, so that a day stands above its place on the slider.

const NS = "http://www.w3.org/2000/svg";
const ROWS = ["reports", "events", "figures", "changes"];
const HIGH = 16;
/** Pixels across a bar, at most. */
const BAR = 12;

export class Times {
  constructor(svg, spells, choose) {
    Object.assign(this, { svg, spells, last: Math.max(1, spells.days - 1) });
    const told = ROWS.map(() => []);
    for (const [day, ...many] of spells.data.told) many.forEach((n, row) => n && told[row].push([day, n]));
    const turns = new Map();
    for (const one of spells.towns) for (let i = 0; i < one.spells.length; i += 4) if (one.spells[i] > 0) turns.set(one.spells[i], (turns.get(one.spells[i]) || 0) + 1);
    told[3] = [...turns];
    this.told = told.map((row) => new Map(row));
    const high = ROWS.length * (HIGH + 4) + 22;
    svg.setAttribute("height", high + 14);
    this.high = high;
    told.forEach((row, n) => this.bars(row, n));
    this.axis(ROWS.length * (HIGH + 4) + 12);
    this.strip = add(svg, "svg", { x: 0, y: high, width: "100%", height: 10, viewBox: `0 0 ${this.last} 10`, preserveAspectRatio: "none", overflow: "visible" });
    this.now = add(svg, "line", { class: "now", y1: 0, y2: high + 12 });
    svg.addEventListener("click", (event) => choose(this.day(event)));
    svg.addEventListener("pointermove", (event) => this.hint(this.day(event)));
  }

  bars(row, n) {
    const most = Math.max(1, ...row.map(([, many]) => many)), foot = (n + 1) * (HIGH + 4);
    const inner = add(this.svg, "svg", { x: 0, y: 0, width: "100%", height: foot, viewBox: `0 0 ${this.last} ${foot}`, preserveAspectRatio: "none", overflow: "visible" });
    // The root of the share: a day with one report is seen beside one with a hundred.
    const d = row.map(([day, many]) => `M${day} ${foot}v${(-HIGH * Math.sqrt(many / most)).toFixed(1)}`).join("");
    const wide = Math.min((BAR * this.last) / (this.svg.clientWidth || 800), Math.max(0.7, this.last / 400));
    add(inner, "path", { class: `bars ${ROWS[n]}`, d, "stroke-width": wide });
    add(this.svg, "line", { class: "rail", x1: 0, x2: "100%", y1: foot, y2: foot });
    add(this.svg, "text", { class: "row", x: 0, y: foot - 5 }).textContent = ROWS[n];
  }

  axis(y) {
    const { spells } = this, many = Math.max(2, Math.min(9, Math.floor(this.svg.clientWidth / 110)));
    const steps = [1, 2, 5, 7, 10, 14, 20, 30, 50, 100, 200, 250, 500, 1000];
    const step = steps.find((n) => this.last / n <= many) || 1000;
    const offset = spells.number(0) ? (step - (spells.number(0) % step)) % step : 0;
    for (let day = offset; day <= this.last && day < spells.days; day += step) {
      const x = `${((day / this.last) * 100).toFixed(2)}%`, number = spells.number(day);
      const share = day / this.last, anchor = share < 0.04 ? "start" : share > 0.96 ? "end" : "middle";
      add(this.svg, "text", { class: "tick", x, y, "text-anchor": anchor }).textContent = number ? `day ${number}` : spells.iso(day).slice(5);
    }
  }

  /** The town's standings along the days, in the colours of who holds it; contested is striped by a second line. */
  town(one, colours) {
    this.strip.replaceChildren();
    if (!one) return;
    const { spells, strip } = this;
    for (let i = 0; i < one.spells.length; i += 4) {
      const from = Math.max(0, one.spells[i]), to = i + 4 < one.spells.length ? one.spells[i + 4] : spells.days;
      const standing = one.spells[i + 1], holder = spells.colours[one.spells[i + 2]], by = spells.colours[one.spells[i + 3]];
      const first = holder[0] || by[0], second = by[1] || (by[0] === first ? 0 : by[0]);
      if (to <= from) continue;
      const left = Math.max(0, from - 0.5), right = Math.min(this.last, to - 0.5);
      const at = { x: left, width: Math.max(0, right - left), y: 0 };
      if (standing === 0) add(strip, "rect", { ...at, height: 10, fill: colours[first] });
      else if (standing === 1) { add(strip, "rect", { ...at, height: 10, fill: colours[second] }); add(strip, "rect", { ...at, y: 3, height: 4, fill: colours[first] }); }
      else if (standing === 2) { add(strip, "rect", { ...at, height: 5, fill: colours[by[1] ? by[0] : first] }); add(strip, "rect", { ...at, y: 5, height: 5, fill: colours[by[1] || second] }); }
      else if (standing === 3) add(strip, "rect", { ...at, y: 1, height: 8, fill: "none", stroke: colours[first], "stroke-dasharray": "3 2", "vector-effect": "non-scaling-stroke" });
      else add(strip, "rect", { ...at, y: 4.5, height: 1, fill: colours[0] });
    }
  }

  move(day) {
    const x = `${((day / this.last) * 100).toFixed(3)}%`;
    this.now.setAttribute("x1", x);
    this.now.setAttribute("x2", x);
  }

  day(event) {
    const box = this.svg.getBoundingClientRect();
    return Math.max(0, Math.min(this.spells.days - 1, Math.round(((event.clientX - box.left) / box.width) * this.last)));
  }

  hint(day) {
    if (day === this.hinted) return;
    this.hinted = day;
    const said = ROWS.map((row, n) => `${this.told[n].get(day) || 0} ${row}`).join(", ");
    if (!this.title) this.title = add(this.svg, "title", {});
    this.title.textContent = `${this.spells.iso(day)}: ${said}`;
  }
}

function add(parent, name, attributes) {
  const made = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return parent.appendChild(made);
}
