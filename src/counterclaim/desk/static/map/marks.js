// Towns and the shading around them: a WebGL layer of MapLibre's. A day is five bytes a town, sent anew when it changes,
// so that the slider moves thousands of towns in every frame.
//
// Shading ends at a town's reach, half way to the next town that is spoken of (the depth test keeps the nearest), and at
// the border of its country (a picture of the countries is asked). Shapes tell standings apart, as in the picture
// (exports/map/svg): ● held, ◉ besieged, ◆ contested, dashed ○ claimed only, ✕ unknown; a thin ring: changed that day.

import { SILENT } from "./spells.js";

const MASK = 3072;
const HEAD = "#version 300 es\nprecision highp float;\n";
const SHADE = `${HEAD}
uniform mat4 u_matrix; uniform float u_soft;
layout(location=0) in vec2 a_corner; layout(location=1) in vec4 a_town; layout(location=2) in uvec4 a_state;
layout(location=3) in uint a_country;
out vec2 v_off; out vec2 v_world; flat out uvec4 v_state; flat out float v_km; flat out uint v_country;
void main() {
  v_off = a_corner; v_state = a_state; v_km = a_town.w; v_country = a_country;
  v_world = a_town.xy + a_corner * a_town.z;
  bool shown = a_state.x != ${SILENT}u && (u_soft == 0.0 || a_state.w > 0u);
  gl_Position = shown ? u_matrix * vec4(v_world, 0, 1) : vec4(2, 2, 2, 1);
}`;
const SHADED = `${HEAD}
uniform sampler2D u_mask; uniform vec4 u_frame; uniform vec3 u_colours[7]; uniform float u_soft;
in vec2 v_off; in vec2 v_world; flat in uvec4 v_state; flat in float v_km; flat in uint v_country;
out vec4 o_colour;
void main() {
  float far = length(v_off);
  if (far > 1.0) discard;
  if (v_country != 0u && u_soft == 0.0) {
    vec2 at = (v_world - u_frame.xy) / u_frame.zw;
    if (abs(texture(u_mask, at).r * 255.0 - float(v_country)) > 0.5) discard;
  }
  gl_FragDepth = far * v_km / 100.0;
  bool other = v_state.x == 2u && fract((gl_FragCoord.x + gl_FragCoord.y) / 8.0) < 0.5;
  float strength = float(v_state.w) / 255.0 * (u_soft > 0.0 ? 1.0 - far * far : 1.0 - smoothstep(0.75, 1.0, far) * 0.8);
  o_colour = vec4(u_colours[other ? v_state.z : v_state.y] * strength, strength);
}`;
const SHEET = `${HEAD}
layout(location=0) in vec2 a_corner; out vec2 v_at;
void main() { v_at = a_corner * 0.5 + 0.5; gl_Position = vec4(a_corner, 0, 1); }`;
const SHEETED = `${HEAD}
uniform sampler2D u_sheet; in vec2 v_at; out vec4 o_colour;
void main() { o_colour = texture(u_sheet, v_at); }`;
const MARK = `${HEAD}
uniform mat4 u_matrix; uniform vec2 u_view; uniform float u_radius; uniform uint u_chosen;
layout(location=0) in vec2 a_corner; layout(location=1) in vec4 a_town; layout(location=2) in uvec4 a_state;
layout(location=4) in uint a_turned; layout(location=5) in uint a_n;
out vec2 v_at; flat out uvec4 v_state; flat out uint v_ring;
void main() {
  bool chosen = a_n == u_chosen;
  v_ring = chosen ? 2u : a_turned;
  float wide = u_radius * (v_ring != 0u ? 2.9 : a_state.x == 0u ? 1.2 : 2.0) + 1.5;
  v_at = a_corner * wide; v_state = a_state;
  gl_Position = a_state.x == ${SILENT}u ? vec4(2, 2, 2, 1) : u_matrix * vec4(a_town.xy, 0, 1);
  gl_Position.xy += v_at * vec2(2, -2) / u_view * gl_Position.w;
}`;
const MARKED = `${HEAD}
uniform vec3 u_colours[7]; uniform vec3 u_ink; uniform vec3 u_home; uniform vec3 u_accent; uniform float u_radius; uniform float u_sharp;
in vec2 v_at; flat in uvec4 v_state; flat in uint v_ring;
out vec4 o_colour;
vec4 drawn = vec4(0);
void put(float inside, vec3 colour) {
  float a = clamp(0.5 - inside * u_sharp, 0.0, 1.0);
  drawn = vec4(colour * a, a) + drawn * (1.0 - a);
}
float ring(float at, float r, float wide) { return abs(at - r) - wide / 2.0; }
void main() {
  float r = u_radius, far = length(v_at);
  vec3 one = u_colours[v_state.y], two = u_colours[v_state.z];
  uint standing = v_state.x;
  if (v_ring == 1u) { put(ring(far, r * 2.4, 2.4), u_home); put(ring(far, r * 2.4, 1.1), u_ink); }
  if (v_ring == 2u) { put(ring(far, r * 2.5, 4.4), u_home); put(ring(far, r * 2.5, 2.6), u_accent); }
  if (standing == 0u) { put(far - r, u_ink); put(far - r + 0.9, one); }
  else if (standing == 1u) {
    put(ring(far, r * 1.6, r * 0.9), u_home); put(ring(far, r * 1.6, r * 0.5), two);
    put(far - r * 0.9, u_ink); put(far - r * 0.9 + 0.9, one);
  } else if (standing == 2u) {
    float d = (abs(v_at.x) + abs(v_at.y) - r * 1.45) * 0.7071;
    put(d, u_ink); put(d + 0.9, v_at.x < 0.0 ? one : two);
  } else if (standing == 3u) {
    put(far - r, u_home);
    float dash = fract(atan(v_at.y, v_at.x) / 6.2831853 * 7.0) - 0.62;
    put(max(ring(far, r * 0.9, max(1.6, r * 0.4)), dash * r), one);
  } else {
    vec2 turned = vec2(v_at.x + v_at.y, v_at.x - v_at.y) * 0.7071;
    vec2 bar = abs(turned);
    float arm = min(max(bar.x - r, bar.y - r * 0.2), max(bar.y - r, bar.x - r * 0.2));
    put(arm - 1.2, u_home); put(arm, u_colours[0]);
  }
  if (drawn.a == 0.0) discard;
  o_colour = drawn;
}`;

export class Marks {
  constructor(spells, land, look) {
    Object.assign(this, { id: "marks", type: "custom", renderingMode: "2d", spells, land, look, chosen: -1, stale: true });
    // Regions first: they are shaded soft, under the towns, and have no mark.
    this.order = [...spells.towns].sort((a, b) => Number(b.vague) - Number(a.vague));
    this.vague = this.order.filter((one) => one.vague).length;
    this.state = new Uint8Array(this.order.length * 5);
  }

  onAdd(map, gl) {
    this.map = map;
    const countries = [...this.land.byCountry.keys()];
    this.codes = new Map(countries.map((code, n) => [code, ((n + 1) * 7) % 251 || 251]));
    this.programs = { shade: program(gl, SHADE, SHADED), sheet: program(gl, SHEET, SHEETED), mark: program(gl, MARK, MARKED) };
    const n = this.order.length, fixed = new Float32Array(n * 4), country = new Uint8Array(n), number = new Uint32Array(n);
    this.order.forEach((one, i) => {
      fixed.set([one.x, one.y, one.reach * one.perKm, one.reach], i * 4);
      country[i] = this.codes.get(one.country) || 0;
      number[i] = one.n;
    });
    this.buffers = [new Float32Array([-1, -1, 1, -1, -1, 1, 1, 1]), fixed, this.state, country, number].map((data) => {
      const buffer = gl.createBuffer();
      gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
      gl.bufferData(gl.ARRAY_BUFFER, data, gl.DYNAMIC_DRAW);
      return buffer;
    });
    this.mask = texture(gl, gl.NEAREST);
    gl.pixelStorei(gl.UNPACK_FLIP_Y_WEBGL, false);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.R8, gl.RED, gl.UNSIGNED_BYTE, this.countries());
    this.sheet = texture(gl, gl.LINEAR);
    this.depth = gl.createRenderbuffer();
    this.frame = gl.createFramebuffer();
  }

  /** Each country in a shade of red of its own, in Mercator's squares. */
  countries() {
    const at = (lon, lat) => {
      const sin = Math.sin((lat * Math.PI) / 180);
      return [(lon + 180) / 360, 0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)];
    };
    const xs = this.order.map((one) => one.x), ys = this.order.map((one) => one.y), degree = 1 / 360;
    const [left, top] = [Math.min(...xs) - degree, Math.min(...ys) - degree];
    const [right, bottom] = [Math.max(...xs) + degree, Math.max(...ys) + degree];
    this.box = [left, top, right - left, bottom - top];
    const canvas = Object.assign(document.createElement("canvas"), { width: MASK, height: MASK });
    const pen = canvas.getContext("2d");
    for (const [code, rings] of this.land.byCountry) {
      pen.fillStyle = `rgb(${this.codes.get(code)},0,0)`;
      pen.beginPath();
      for (const ring of rings) {
        ring.forEach(([lon, lat], n) => {
          const [x, y] = at(lon, lat);
          pen[n ? "lineTo" : "moveTo"](((x - left) / this.box[2]) * MASK, ((y - top) / this.box[3]) * MASK);
        });
        pen.closePath();
      }
      pen.fill();
    }
    return canvas;
  }

  /** Tell that day, look or choice are others. */
  changed() {
    const { spells, state } = this;
    this.order.forEach((one, i) => {
      const n = one.n;
      const strength = one.vague ? (one.unit && this.land.units.has(one.unit) ? 0 : spells.strength[n] / 2) : spells.strength[n];
      state[i * 5] = spells.standing[n];
      state[i * 5 + 1] = spells.one[n];
      state[i * 5 + 2] = spells.two[n];
      state[i * 5 + 3] = strength * 255;
      state[i * 5 + 4] = spells.turned[n];
    });
    this.stale = true;
    if (this.map) this.map.triggerRepaint();
  }

  /** Pixels from the middle of a mark to its edge: small where many would cover each other. */
  radius() {
    const crowd = Math.min(1, Math.max(0, Math.log2((this.order.length + 1) / 60) / 7));
    const near = Math.min(1, Math.max(0, (this.map.getZoom() - 5) / 4));
    return 6.4 - 3.6 * crowd * (1 - near);
  }

  prerender(gl, { defaultProjectionData }) {
    const { width, height } = gl.canvas, grain = this.order.length > 1500 ? 4 : 2;
    const wide = Math.ceil(width / grain), high = Math.ceil(height / grain);
    const matrix = defaultProjectionData.mainMatrix, key = `${wide} ${high} ${matrix}`;
    if (!this.stale && key === this.key) return;
    if (this.stale) {
      gl.bindBuffer(gl.ARRAY_BUFFER, this.buffers[2]);
      gl.bufferSubData(gl.ARRAY_BUFFER, 0, this.state);
    }
    gl.bindFramebuffer(gl.FRAMEBUFFER, this.frame);
    if (wide !== this.wide || high !== this.high) {
      [this.wide, this.high] = [wide, high];
      gl.bindTexture(gl.TEXTURE_2D, this.sheet);
      gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, wide, high, 0, gl.RGBA, gl.UNSIGNED_BYTE, null);
      gl.bindRenderbuffer(gl.RENDERBUFFER, this.depth);
      gl.renderbufferStorage(gl.RENDERBUFFER, gl.DEPTH_COMPONENT16, wide, high);
      gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, this.sheet, 0);
      gl.framebufferRenderbuffer(gl.FRAMEBUFFER, gl.DEPTH_ATTACHMENT, gl.RENDERBUFFER, this.depth);
    }
    gl.viewport(0, 0, wide, high);
    gl.depthMask(true);
    gl.clearColor(0, 0, 0, 0);
    gl.clearDepth(1);
    gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
    gl.disable(gl.STENCIL_TEST);
    gl.disable(gl.CULL_FACE);
    const { at } = this.using(gl, "shade", matrix);
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D, this.mask);
    gl.uniform1i(at("u_mask"), 0);
    gl.uniform4f(at("u_frame"), ...this.box);
    gl.uniform3fv(at("u_colours"), this.look.numbers);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    gl.disable(gl.DEPTH_TEST);
    gl.uniform1f(at("u_soft"), 1);
    this.towns(gl, 0, this.vague);
    gl.disable(gl.BLEND);
    gl.enable(gl.DEPTH_TEST);
    gl.depthFunc(gl.LESS);
    gl.uniform1f(at("u_soft"), 0);
    this.towns(gl, this.vague, this.order.length - this.vague);
    this.letGo(gl);
    gl.depthFunc(gl.LEQUAL);
    this.stale = false;
    this.key = key;
  }

  render(gl, { defaultProjectionData }) {
    gl.disable(gl.DEPTH_TEST);
    gl.disable(gl.CULL_FACE);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    let { at } = this.using(gl, "sheet");
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D, this.sheet);
    gl.uniform1i(at("u_sheet"), 0);
    this.bind(gl, 0, 0, 2, gl.FLOAT, 8, 0, 0);
    gl.drawArrays(gl.TRIANGLE_STRIP, 0, 4);
    ({ at } = this.using(gl, "mark", defaultProjectionData.mainMatrix));
    const scale = gl.canvas.width / (gl.canvas.clientWidth || gl.canvas.width), { look } = this;
    gl.uniform2f(at("u_view"), gl.canvas.width / scale, gl.canvas.height / scale);
    gl.uniform1f(at("u_radius"), this.radius());
    gl.uniform1f(at("u_sharp"), scale);
    gl.uniform1ui(at("u_chosen"), this.chosen < 0 ? 0xffffffff : this.chosen);
    gl.uniform3fv(at("u_colours"), look.numbers);
    gl.uniform3fv(at("u_ink"), look.rgb.ink);
    gl.uniform3fv(at("u_home"), look.rgb.home);
    gl.uniform3fv(at("u_accent"), look.rgb.accent);
    this.towns(gl, this.vague, this.order.length - this.vague);
    this.letGo(gl);
  }

  using(gl, name, matrix) {
    const made = this.programs[name];
    gl.useProgram(made);
    gl.bindVertexArray(null);
    const at = (uniform) => gl.getUniformLocation(made, uniform);
    if (matrix) gl.uniformMatrix4fv(at("u_matrix"), false, matrix);
    return { at };
  }

  /** Draw `count` towns from the one in place `from` on. */
  towns(gl, from, count) {
    if (!count) return;
    this.bind(gl, 0, 0, 2, gl.FLOAT, 8, 0, 0);
    this.bind(gl, 1, 1, 4, gl.FLOAT, 16, from * 16, 1);
    this.bind(gl, 2, 2, 4, gl.UNSIGNED_BYTE, 5, from * 5, 1);
    this.bind(gl, 3, 3, 1, gl.UNSIGNED_BYTE, 1, from, 1);
    this.bind(gl, 4, 2, 1, gl.UNSIGNED_BYTE, 5, from * 5 + 4, 1);
    this.bind(gl, 5, 4, 1, gl.UNSIGNED_INT, 4, from * 4, 1);
    gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, count);
  }

  bind(gl, place, buffer, size, type, stride, offset, divisor) {
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffers[buffer]);
    gl.enableVertexAttribArray(place);
    if (type === gl.FLOAT) gl.vertexAttribPointer(place, size, type, false, stride, offset);
    else gl.vertexAttribIPointer(place, size, type, stride, offset);
    gl.vertexAttribDivisor(place, divisor);
  }

  letGo(gl) {
    for (let place = 0; place < 6; place += 1) {
      gl.vertexAttribDivisor(place, 0);
      gl.disableVertexAttribArray(place);
    }
  }
}

function program(gl, vertex, fragment) {
  const made = gl.createProgram();
  for (const [kind, source] of [[gl.VERTEX_SHADER, vertex], [gl.FRAGMENT_SHADER, fragment]]) {
    const shader = gl.createShader(kind);
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(made, shader);
    if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS)) throw new Error(gl.getShaderInfoLog(shader));
  }
  gl.linkProgram(made);
  if (!gl.getProgramParameter(made, gl.LINK_STATUS)) throw new Error(gl.getProgramInfoLog(made));
  return made;
}

function texture(gl, filter) {
  const made = gl.createTexture();
  gl.bindTexture(gl.TEXTURE_2D, made);
  for (const [name, value] of [
    [gl.TEXTURE_MIN_FILTER, filter], [gl.TEXTURE_MAG_FILTER, filter],
    [gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE], [gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE],
  ]) gl.texParameteri(gl.TEXTURE_2D, name, value);
  return made;
}
