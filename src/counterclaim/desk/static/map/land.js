// The land under the map: from the packed borders that `/map/land.json` gives to what MapLibre draws, and the stripes
// and layers it draws them with. No tiles, no fonts, nothing fetched.

/** Unpacked: countries, borders by kind, rings of provinces by their code, and the frame that holds them. */
export function unpack(data) {
  const lines = data.arcs.map((arc) => {
    const points = [];
    for (let x = 0, y = 0, i = 0; i < arc.length; i += 2) {
      x += arc[i];
      y += arc[i + 1];
      points.push([x / data.scale, y / data.scale]);
    }
    return points;
  });
  const rings = (numbers) => numbers.map((ring) => {
    const points = ring.flatMap((n) => (n >= 0 ? lines[n] : [...lines[~n]].reverse()).slice(0, -1));
    return [...points, points[0]];
  });
  const units = new Map(), byCountry = new Map();
  for (const [country, code, numbers] of data.units) {
    const shape = rings(numbers);
    if (code) units.set(code, shape);
    byCountry.set(country, [...(byCountry.get(country) || []), ...shape]);
  }
  const borders = lines.map((points, n) => feature("LineString", points, { kind: data.kinds[n] }));
  return { units, byCountry, borders: collection(borders.filter((one) => one.properties.kind < 3)), data };
}

/** What MapLibre is to draw, under the marks. */
export function style(land, spells, look) {
  const { data } = land, homes = new Set(data.homes);
  const fills = [...land.byCountry].map(([country, rings]) => area(rings, { home: homes.has(country) }));
  const source = (features) => ({ type: "geojson", data: features, tolerance: 0.3, maxzoom: 12 });
  return {
    version: 8,
    sources: {
      land: source(collection(fills)), borders: source(land.borders), before: source(before(land, spells)),
      regions: { ...source(regions(land, spells)), promoteId: "n" },
    },
    layers: [
      { id: "sea", type: "background", paint: { "background-color": look.sea } },
      { id: "land", type: "fill", source: "land", paint: { "fill-antialias": false, "fill-color": look.land }, filter: ["!", ["get", "home"]] },
      { id: "home", type: "fill", source: "land", paint: { "fill-antialias": false, "fill-color": look.home }, filter: ["get", "home"] },
      { id: "regions", type: "fill", source: "regions", filter: ["get", "known"], paint: { "fill-color": party("one", look), "fill-opacity": ["coalesce", ["feature-state", "strength"], 0] } },
      line("provinces", 1, look.thin, 0.7), line("coast", 2, look.line, 0.7), line("borders", 0, look.line, 1.1),
      { id: "stripes", type: "fill", source: "before", filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-pattern": ["concat", "stripes-", ["get", "colour"]] } },
      { id: "before", type: "line", source: "before", paint: { "line-color": numbered(["get", "colour"], look), "line-width": 1.8, "line-dasharray": [2, 2] } },
      { id: "outlines", type: "line", source: "regions", paint: { "line-color": party("one", look), "line-width": 1.6, "line-dasharray": [4, 3], "line-opacity": ["case", ["boolean", ["feature-state", "shown"], false], 1, 0] } },
    ],
  };
}

/** Stripes of each party's colour, made here: image data by name. */
export function stripes(look) {
  const size = 16;
  return look.parties.map((colour, n) => {
    const canvas = Object.assign(document.createElement("canvas"), { width: size, height: size });
    const pen = canvas.getContext("2d");
    pen.strokeStyle = colour;
    pen.globalAlpha = 0.55;
    pen.lineWidth = 2;
    for (let at = -size; at <= 2 * size; at += size / 2) {
      pen.beginPath();
      pen.moveTo(at, size + 2);
      pen.lineTo(at + size + 4, -2);
      pen.stroke();
    }
    return [`stripes-${n}`, pen.getImageData(0, 0, size, size)];
  });
}

const numbered = (value, look) => ["match", value, ...look.parties.flatMap((colour, n) => [n, colour]), look.parties[0]];
const party = (name, look) => numbered(["coalesce", ["feature-state", name], 0], look);
const line = (id, kind, colour, width) => ({ id, type: "line", source: "borders", filter: ["==", ["get", "kind"], kind], layout: { "line-join": "round" }, paint: { "line-color": colour, "line-width": width } });
const feature = (type, coordinates, properties) => ({ type: "Feature", geometry: { type, coordinates }, properties });
const collection = (features) => ({ type: "FeatureCollection", features });
const area = (rings, properties) => feature("MultiPolygon", rings.map((ring) => [ring]), properties);

/** Lines from before the war. */
function before(land, spells) {
  return collection(spells.data.lines.flatMap((one) => {
    const about = { colour: spells.pair(one.holder)[0], since: one.since };
    const rings = one.units.flatMap((code) => land.units.get(code) || []);
    if (one.area.length) rings.push([...one.area, one.area[0]]);
    return [...(rings.length ? [area(rings, about)] : []), ...(one.path.length ? [feature("LineString", one.path, about)] : [])];
  }));
}

/** Regions told as a whole: the province's outline where it is known, else a circle (its filling is drawn soft by the marks). */
function regions(land, spells) {
  return collection(spells.towns.filter((one) => one.vague).map((one) => {
    const rings = land.units.get(one.unit);
    return area(rings || [circle(one)], { n: one.n, known: Boolean(rings) });
  }));
}

function circle(one) {
  const high = one.reach / 111.2, wide = high / Math.cos((one.lat * Math.PI) / 180);
  return Array.from({ length: 57 }, (_, n) => {
    const turn = (n * 2 * Math.PI) / 56;
    return [one.lon + wide * Math.cos(turn), one.lat + high * Math.sin(turn)];
  });
}
