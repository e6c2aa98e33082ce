/* The view: vis-network draws the marks and lines that pyvis made; names, roles and years are placed
   here so that none covers another; legend, search, panel and table speak of the same data.
   Everything that comes from the data enters the page as text. */
(() => {
'use strict';

const DEFAULTS = {
  nameSize: 12.5,          // of a name in the picture, in pixels, and how far zooming may change it
  nameSizes: [11, 17],
  roleSize: 0.84,          // of a role, against a name
  line: 22,                // the characters of a line of a name
  lines: [3, 2, 1],           // its most lines: tried one after the other where there is little room
  always: 3,               // the names of so many nodes with the most ties are always there, and larger
  larger: 1.14,
  avoided: 400,            // the most edges that names keep clear of
  halo: 3.5,
  faint: 0.13,             // what is not near the thing chosen
  closest: 2.6,            // the largest scale when all of a small network is shown
  focus: 1.15,
  animation: 420,          // milliseconds
  suggestions: 8,
  narrow: 640,
};

const WORDS = {
  en: {
    search: 'Find a thing', picture: 'Picture', table: 'Table', views: 'View', languages: 'Language',
    legend: 'Legend and filter', organisations: 'Organisations', others: 'Other things', lines: 'Lines',
    strong: 'leads, founds, funds, hosts, initiates', member: 'takes part otherwise', link: 'other link', implied: 'implied, not stated',
    organisation: 'organisation', initiative: 'initiative', unit: 'unit', post: 'post', person: 'person',
    solution: 'solution', document: 'policy document', unknown: 'not classified',
    initiatives: 'initiatives', units: 'units', posts: 'posts', persons: 'persons', solutions: 'solutions', documents: 'policy documents',
    zoomIn: 'Zoom in', zoomOut: 'Zoom out', fit: 'Show all', close: 'Close', back: 'Back',
    version: 'Version', things: 'things', ties: 'ties', of: 'of', shown: 'shown', none: 'Nothing found',
    pictureSays: 'Picture of the network. The table has the same as text, and the search leads to each thing.',
    caption: 'Every tie that the picture shows', thing: 'Thing', role: 'Role or link', target: 'In or to', years: 'Years', sources: 'Source lines',
    also: 'Also', partOf: 'Takes part in', parts: 'Who takes part', links: 'Links', linked: 'Linked from', represents: 'Represents',
    goals: 'Goals', events: 'What happened', facts: 'More', named: 'Where it is named', through: 'through', target_: 'by',
    interval: 'When', certainty: 'Certainty', reason: 'Why', cited: 'Cited lines', via: 'Through', iri: 'IRI',
    stated: 'stated', impliedMark: 'implied', undated: 'no date is stated',
    from: 'from {a}; its end is not stated', until: 'until {b}; its beginning is not stated', between: '{a} to {b}', at: 'attested in {c}', on: '{a}',
    line: 'line', linesOf: 'lines', membership: 'membership', statement: 'link',
  },
  sv: {
    search: 'Sök', picture: 'Bild', table: 'Tabell', views: 'Vy', languages: 'Språk',
    legend: 'Teckenförklaring och urval', organisations: 'Organisationer', others: 'Annat', lines: 'Linjer',
    strong: 'leder, grundar, finansierar, är värd, tar initiativ', member: 'deltar på annat sätt', link: 'annan länk', implied: 'underförstått, inte uttalat',
    organisation: 'organisation', initiative: 'initiativ', unit: 'enhet', post: 'befattning', person: 'person',
    solution: 'lösning', document: 'styrdokument', unknown: 'oklassad',
    initiatives: 'initiativ', units: 'enheter', posts: 'befattningar', persons: 'personer', solutions: 'lösningar', documents: 'styrdokument',
    zoomIn: 'Zooma in', zoomOut: 'Zooma ut', fit: 'Visa allt', close: 'Stäng', back: 'Tillbaka',
    version: 'Version', things: 'ting', ties: 'förbindelser', of: 'av', shown: 'visas', none: 'Inget hittades',
    pictureSays: 'Bild av nätverket. Tabellen har detsamma som text, och sökningen leder till varje ting.',
    caption: 'Varje förbindelse som bilden visar', thing: 'Ting', role: 'Roll eller länk', target: 'I eller till', years: 'År', sources: 'Källrader',
    also: 'Även', partOf: 'Deltar i', parts: 'Deltagare', links: 'Länkar', linked: 'Länkat från', represents: 'Företräder',
    goals: 'Mål', events: 'Vad som hände', facts: 'Mer', named: 'Var det nämns', through: 'genom', target_: 'till',
    interval: 'När', certainty: 'Visshet', reason: 'Varför', cited: 'Citerade rader', via: 'Genom', iri: 'IRI',
    stated: 'uttalat', impliedMark: 'underförstått', undated: 'inget datum anges',
    from: 'från {a}; slutet anges inte', until: 'till {b}; början anges inte', between: '{a} till {b}', at: 'belagt {c}', on: '{a}',
    line: 'rad', linesOf: 'rader', membership: 'medlemskap', statement: 'länk',
  },
};

const SHAPES = {
  dot: 'M8 2.4a5.6 5.6 0 1 1 0 11.2a5.6 5.6 0 1 1 0-11.2z', diamond: 'M8 1.2 14.8 8 8 14.8 1.2 8z', square: 'M2.8 2.8h10.4v10.4H2.8z',
  triangle: 'M8 2 14.4 13.4H1.6z', triangleDown: 'M8 14 1.6 2.6h12.8z', hexagon: 'M4.6 2.2h6.8L14.8 8l-3.4 5.8H4.6L1.2 8z',
  star: 'M8 1.2 9.9 6h5.1l-4.1 3.1 1.6 5L8 11.2l-4.5 2.9 1.6-5L1 6h5.1z',
};

const byId = (id) => document.getElementById(id);
const data = JSON.parse(byId('data').textContent);
const dark = matchMedia('(prefers-color-scheme: dark)');
const still = matchMedia('(prefers-reduced-motion: reduce)');
const state = { language: WORDS[data.language] ? data.language : 'en', off: new Set(), chosen: null, over: null, trail: [], opener: null, table: false };

const word = (key) => WORDS[state.language][key] ?? key;
const isNarrow = () => innerWidth <= DEFAULTS.narrow;

/* ---- texts ---- */

// Controls would be invisible, or would turn round what stands beside them.
const plain = (text) => String(text).replace(/[\u202a-\u202e\u2066-\u2069\u200e\u200f]/g, '').replace(/[\t\n\r]+/g, ' ').replace(/[\u0000-\u001f\u007f-\u009f]/g, '\ufffd');
const textOf = (label) => label[state.language] || label.en || Object.values(label)[0] || '';
const languageOf = (label) => [state.language, 'en', ...Object.keys(label)].find((each) => label[each]) || '';
const nameOf = (key) => textOf(data.things[key]?.label ?? {}) || key;
const short = (text, longest = 44) => (text.length <= longest ? text : `${[...text].slice(0, longest - 1).join('').trimEnd()}…`);
const fold = (text) => text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase();

function years({ start = '', end = '', attested = '' }) {
  const [a, b, c] = [start, end, attested].map((moment) => moment.slice(0, 4));
  if (a || b) return a === b ? a : `${a || '?'}–${b || '?'}`;
  return c;
}

function moment(text) {
  const [year, month, day] = text.split('-').map(Number);
  if (!month) return text;
  const form = { year: 'numeric', month: 'long', timeZone: 'UTC', ...(day ? { day: 'numeric' } : {}) };
  return new Intl.DateTimeFormat(state.language === 'sv' ? 'sv-SE' : 'en-GB', form).format(Date.UTC(year, month - 1, day || 1));
}

function interval({ start, end, attested }) {
  const form = start && start === end ? 'on' : start && end ? 'between' : start ? 'from' : end ? 'until' : attested ? 'at' : '';
  const parts = { a: start, b: end, c: attested };
  return form && word(form).replace(/\{(\w)\}/g, (_, part) => moment(parts[part]));
}

/* ---- elements: attributes by name, children as text or elements ---- */

function make(tag, attributes = {}, ...children) {
  const element = tag === 'svg' || tag === 'path' ? document.createElementNS('http://www.w3.org/2000/svg', tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'onclick') element.addEventListener('click', value);
    else if (value !== false && value != null) element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat().filter((child) => child !== '' && child != null && child !== false));
  return element;
}

const isolated = (text, language) => make('bdi', { dir: 'auto', lang: language || null }, String(text).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g, '\ufffd'));
const labelled = (label) => isolated(textOf(label), languageOf(label));
const colours = (look) => (dark.matches ? data.looks[look].slice(3, 5) : data.looks[look].slice(1, 3));

function icon(look, size = 16) {
  const [fill, border] = colours(look);
  return make('svg', { width: size, height: size, viewBox: '0 0 16 16', 'aria-hidden': 'true' },
    make('path', { d: SHAPES[data.looks[look][0]], fill, stroke: border, 'stroke-width': 1.2 }));
}

/* ---- the picture ---- */

const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const looks = new Map(data.nodes.map((node) => [node.id, node]));
const drawnEdges = new Map(data.edges.map((edge) => [edge.id, edge]));
const around = new Map(data.nodes.map((node) => [node.id, new Set([node.id])]));
for (const { from, to } of data.edges) { around.get(from).add(to); around.get(to).add(from); }

const picture = byId('picture');
const nodes = new vis.DataSet();
const edges = new vis.DataSet();
let network = null;

const isOff = (key) => state.off.has(looks.get(key).legend);
const edgeIsOff = (edge) => isOff(edge.from) || isOff(edge.to);

/* What stands near the thing or tie that is chosen; null where none is. */
function nearby() {
  if (!state.chosen) return null;
  const edge = drawnEdges.get(state.chosen);
  return edge ? new Set([edge.from, edge.to]) : around.get(state.chosen);
}

function touches(edge, key) { return key && (edge.id === key || edge.from === key || edge.to === key); }

function nodeStyle(node, near) {
  const [background, border] = colours(node.look);
  const chosen = { background, border: node.id === state.chosen ? css('--ink') : border };
  const { label, legend, look, ...drawn } = node;   // the names are placed by this script
  return { ...drawn, hidden: isOff(node.id), opacity: near && !near.has(node.id) ? DEFAULTS.faint : 1,
    borderWidth: node.id === state.chosen ? 3 : 1.5, color: { ...chosen, highlight: chosen, hover: { background, border: css('--ink') } } };
}

function edgeStyle(edge, near) {
  const lit = touches(edge, state.chosen);
  const color = lit ? css('--accent') : css('--firm');
  const { label, ...drawn } = edge;
  return { ...drawn, hidden: edgeIsOff(edge), width: edge.width + (edge.id === state.chosen ? 1.6 : 0),
    color: { color, highlight: css('--accent'), hover: css('--accent'), opacity: near && !lit ? DEFAULTS.faint : 1 } };
}

function restyle() {
  const near = nearby();
  nodes.update(data.nodes.map((node) => nodeStyle(node, near)));
  edges.update(data.edges.map((edge) => edgeStyle(edge, near)));
  placed = null;
}

/* On a screen that is higher than wide the picture is turned, and drawn out to its height. */
function turn() {
  const { clientWidth: wide, clientHeight: high } = picture;
  if (high < wide * 1.15) return;
  const reach = (axis) => Math.max(...data.nodes.map((node) => Math.abs(node[axis])), 1);
  const [across, down] = [reach('y'), reach('x')];
  const taller = Math.min(1.7, Math.max(1, (high - 150) / (wide - 110) * across / down));
  for (const node of data.nodes) [node.x, node.y] = [node.y, Math.round(node.x * taller)];
}

function draw() {
  turn();
  restyle();
  network = new vis.Network(picture, { nodes, edges }, data.options);
  network.on('afterDrawing', drawLabels);
  network.on('click', ({ nodes: [node], edges: [edge] }) => (node || edge ? choose(node || edge) : clear()));
  for (const [event, key] of [['hoverNode', 'node'], ['hoverEdge', 'edge']]) network.on(event, (on) => hover(on[key]));
  for (const event of ['blurNode', 'blurEdge']) network.on(event, () => hover(null));
  network.on('dragEnd', () => { placed = null; network.redraw(); });
  network.on('dragging', ({ nodes: moved }) => { if (moved.length) placed = null; });
  addEventListener('resize', () => { placed = null; });
  fit(false);
}

function hover(key) {
  state.over = key;
  picture.classList.toggle('over', Boolean(key));
  network.canvas.body.container.style.cursor = key ? 'pointer' : 'default';
  placed = null;
  network.redraw();
}

/* The part of the stage that neither panel nor legend covers, as margins in pixels. */
function covered() {
  const panel = byId('panel');
  const open = !panel.hidden;
  const wide = !isNarrow();
  return { left: wide ? (byId('legend').open ? 280 : 60) : 44, right: wide ? (open ? 440 : 50) : 44, top: 24, bottom: !wide && open ? panel.offsetHeight + 10 : wide ? 30 : 60 };
}

const motion = () => (still.matches ? false : { duration: DEFAULTS.animation, easingFunction: 'easeInOutCubic' });

/* Show some nodes, or all, in the part of the stage that is free. */
function fit(animated = true, keys = data.nodes.map(({ id }) => id).filter((id) => !isOff(id)), closest = DEFAULTS.closest) {
  if (!keys.length) return;
  const places = Object.values(network.getPositions(keys));
  const xs = places.map(({ x }) => x);
  const ys = places.map(({ y }) => y);
  const box = { left: Math.min(...xs) - 50, right: Math.max(...xs) + 50, top: Math.min(...ys) - 30, bottom: Math.max(...ys) + 50 };
  const margin = covered();
  const wide = picture.clientWidth - margin.left - margin.right;
  const high = picture.clientHeight - margin.top - margin.bottom;
  const scale = Math.min(closest, Math.max(0.02, Math.min(wide / (box.right - box.left), high / (box.bottom - box.top))));
  const shift = { x: (margin.right - margin.left) / 2 / scale, y: (margin.bottom - margin.top) / 2 / scale };
  const position = { x: (box.left + box.right) / 2 + shift.x, y: (box.top + box.bottom) / 2 + shift.y };
  home = { scale, left: position.x * scale - picture.clientWidth / 2, right: position.x * scale + picture.clientWidth / 2 };
  network.moveTo({ position, scale, animation: animated ? motion() : false });
}

/* ---- names and roles: placed one after another, each only where nothing stands ---- */

let placed = null;   // { scale, labels }
let home = null;     // what was last fitted to the stage: there, no name is to be cut at its edges
const widths = new Map();
const pen = document.createElement('canvas').getContext('2d');

class Boxes {
  constructor(cell = 48) { this.cell = cell; this.cells = new Map(); }

  *around([left, top, right, bottom]) {
    for (let x = Math.floor(left / this.cell); x <= Math.floor(right / this.cell); x += 1)
      for (let y = Math.floor(top / this.cell); y <= Math.floor(bottom / this.cell); y += 1) yield `${x} ${y}`;
  }

  add(box) {
    for (const key of this.around(box)) (this.cells.get(key) ?? this.cells.set(key, []).get(key)).push(box);
  }

  /* The boxes that one meets. */
  met(box) {
    const found = new Set();
    for (const key of this.around(box))
      for (const other of this.cells.get(key) ?? [])
        if (box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]) found.add(other);
    return found.size;
  }
}

function widthOf(text, font) {
  const key = `${font} ${text}`;
  if (!widths.has(key)) { pen.font = font; widths.set(key, pen.measureText(text).width); }
  return widths.get(key);
}

/* Break a name into lines of about the same length; what does not fit is cut. */
function linesOf(name, most) {
  const words = plain(name).split(' ').map((part) => short(part, DEFAULTS.line));
  const wrap = (longest) => words.reduce((lines, part) => {
    const longer = `${lines[lines.length - 1]} ${part}`.trim();
    return longer.length <= longest ? [...lines.slice(0, -1), longer] : [...lines, part];
  }, ['']).filter(Boolean);
  for (let count = 1; count <= most; count += 1) {
    for (let longest = 6; longest <= DEFAULTS.line; longest += 1) {
      const lines = wrap(longest);
      if (lines.length === count && words.every((part) => part.length <= longest || longest === DEFAULTS.line)) return lines;
      if (lines.length < count) break;
    }
  }
  const lines = wrap(DEFAULTS.line).slice(0, most);
  return [...lines.slice(0, -1), `${lines[lines.length - 1].replace(/…$/, '')}…`];
}

function edgeText(key) {
  const tie = data.ties[key];
  return plain(`${short(textOf(tie.label), 30)} ${years(tie)}`.trim());
}

const fonts = (scale) => {
  const [least, most] = DEFAULTS.nameSizes;
  const size = Math.min(most, Math.max(least, DEFAULTS.nameSize * scale ** 0.4));
  return { size, family: css('--sans') };
};

/* Place all labels for a scale, in pixels from the origin of the picture. */
function place(scale) {
  const { size, family } = fonts(scale);
  const near = nearby();
  const taken = new Boxes();
  const at = network.getPositions();
  const shown = data.nodes.filter(({ id }) => !isOff(id) && (!near || near.has(id) || id === state.over));
  for (const { id, size: radius } of shown) {
    const [x, y, r] = [at[id].x * scale, at[id].y * scale, radius * scale + 1];
    taken.add([x - r, y - r, x + r, y + r]);
  }
  const lit = (edge) => touches(edge, state.chosen) || touches(edge, state.over);
  const written = data.edges.filter((edge) => !edgeIsOff(edge) && (!near || lit(edge)));
  const passed = passing(written, scale);
  const first = (key) => (key === state.chosen || key === state.over ? 1e6 : 0);
  const ranked = shown.sort((a, b) => first(b.id) - first(a.id) || b.size - a.size || (a.id < b.id ? -1 : 1));
  const labels = ranked.map((node, rank) => placeName(node, at[node.id], scale, rank < DEFAULTS.always ? size * DEFAULTS.larger : size, family, taken, passed, rank < DEFAULTS.always || first(node.id))).filter(Boolean);
  const order = written.sort((a, b) => lit(b) - lit(a) || (a.id < b.id ? -1 : 1));
  return labels.concat(order.map((edge) => placeRole(edge, scale, size * DEFAULTS.roleSize, family, taken, edge.id === state.over || edge.id === state.chosen)).filter(Boolean));
}

/* Count the places, a few pixels apart, at which edges pass through a box. */
function passing(written, scale) {
  const [cell, cells] = [8, new Map()];
  for (const { id } of written.length > DEFAULTS.avoided ? [] : written) {
    const line = network.body.edges[id]?.edgeType;
    if (!line) continue;
    const [a, b] = [0, 1].map((t) => line.getPoint(t));
    const steps = Math.ceil(Math.hypot(b.x - a.x, b.y - a.y) * scale / cell);
    for (let step = 0; step <= steps; step += 1) {
      const { x, y } = line.getPoint(step / steps);
      const key = `${Math.floor(x * scale / cell)} ${Math.floor(y * scale / cell)}`;
      cells.set(key, (cells.get(key) ?? 0) + 1);
    }
  }
  return ([left, top, right, bottom]) => {
    let count = 0;
    for (let x = Math.floor(left / cell); x <= Math.floor(right / cell); x += 1)
      for (let y = Math.floor(top / cell); y <= Math.floor(bottom / cell); y += 1) count += cells.get(`${x} ${y}`) ?? 0;
    return count;
  };
}

/* Put a name below its mark, or wherever around it fewest edges pass; nowhere where all is taken,
   unless it is forced. */
function placeName({ id, size: radius }, { x, y }, scale, size, family, taken, passed, forced) {
  const font = `${forced ? 600 : 500} ${size}px ${family}`;
  for (const most of DEFAULTS.lines) {
    const lines = linesOf(nameOf(id), most);
    const high = size * 1.18;
    const wide = Math.max(...lines.map((line) => widthOf(line, font)));
    const spots = spotsAround(x * scale, y * scale, radius * scale + 4, wide, high * lines.length);
    const cut = (box) => home && Math.abs(scale - home.scale) < 1e-4 && (box[0] < home.left || box[2] > home.right);
    const free = spots.filter(({ box }) => !taken.met(box) && !cut(box)).map((spot) => ({ ...spot, cost: spot.cost + passed(spot.box) }));
    const last = most === DEFAULTS.lines[DEFAULTS.lines.length - 1];
    const spot = free.sort((a, b) => a.cost - b.cost)[0] ?? (forced && last ? spots.sort((a, b) => taken.met(a.box) - taken.met(b.box))[0] : null);
    if (!spot) continue;
    taken.add(spot.box);
    return { id, lines, font, high, x: spot.x, y: spot.y, align: spot.align, angle: 0, ink: '--ink' };
  }
  return null;
}

/* The eight places around a mark, the better ones at less cost. */
function spotsAround(cx, cy, away, wide, tall) {
  const corner = away * 0.7;
  return [[0, 1, 0], [1, 0, 3], [-1, 0, 3], [0, -1, 2], [1, 1, 4], [-1, 1, 4], [1, -1, 4], [-1, -1, 4]].map(([dx, dy, cost]) => {
    const gap = dx && dy ? corner : away;
    const [x, y] = [cx + dx * gap, cy + dy * (gap + tall / 2)];
    const left = dx > 0 ? x : dx < 0 ? x - wide : x - wide / 2;
    return { x, y, cost, align: dx > 0 ? 'left' : dx < 0 ? 'right' : 'center', box: [left - 2, y - tall / 2 - 1, left + wide + 2, y + tall / 2 + 1] };
  });
}

/* Write along the line, where it is long enough, at the first place of several that is free. */
function placeRole(edge, scale, size, family, taken, forced) {
  const text = edgeText(edge.id);
  if (!text) return null;
  const font = `400 ${size}px ${family}`;
  const wide = widthOf(text, font);
  const line = network.body.edges[edge.id]?.edgeType;
  if (!line) return null;
  for (const share of [0.5, 0.42, 0.58, 0.34, 0.66]) {
    const [before, here, after] = [share - 0.03, share, share + 0.03].map((t) => line.getPoint(t));
    const [dx, dy] = [after.x - before.x, after.y - before.y];
    const length = Math.hypot(dx, dy) / 0.06 * scale;
    if (length * 2 * Math.min(share, 1 - share) < wide + 14 && !forced) continue;
    const angle = Math.atan(dy / (dx || 1e-6));
    const steps = Math.max(1, Math.ceil(wide / (size * 1.2)));
    const boxes = Array.from({ length: steps + 1 }, (_, step) => {
      const along = (step / steps - 0.5) * wide;
      const [px, py] = [here.x * scale + along * Math.cos(angle), here.y * scale + along * Math.sin(angle)];
      return [px - size * 0.6, py - size * 0.6, px + size * 0.6, py + size * 0.6];
    });
    if (!forced && boxes.some((box) => taken.met(box))) continue;
    boxes.forEach((box) => taken.add(box));
    return { id: edge.id, lines: [text], font, high: size * 1.2, x: here.x * scale, y: here.y * scale, align: 'center', angle, ink: touches(edge, state.chosen) ? '--accent' : '--soft' };
  }
  return null;
}

function drawLabels(context) {
  const scale = network.getScale();
  if (!placed || placed.scale !== scale) placed = { scale, labels: place(scale) };
  const inks = { '--ink': css('--ink'), '--soft': css('--soft'), '--accent': css('--accent') };
  context.save();
  context.scale(1 / scale, 1 / scale);
  Object.assign(context, { textBaseline: 'middle', lineJoin: 'round', lineWidth: DEFAULTS.halo, strokeStyle: css('--paper') });
  for (const label of placed.labels) {
    context.save();
    context.translate(label.x, label.y);
    context.rotate(label.angle);
    context.font = label.font;
    context.textAlign = label.align;
    context.fillStyle = inks[label.ink];
    label.lines.forEach((line, number) => {
      const y = (number - (label.lines.length - 1) / 2) * label.high;
      context.strokeText(line, 0, y);
      context.fillText(line, 0, y);
    });
    context.restore();
  }
  context.restore();
}

/* ---- choosing ---- */

function choose(key, { back = false, move = false } = {}) {
  if (!looks.has(key) && !drawnEdges.has(key)) return;
  if (!back && state.chosen && state.chosen !== key) state.trail.push(state.chosen);
  if (!byId('panel').contains(document.activeElement)) state.opener = document.activeElement;
  state.chosen = key;
  network.unselectAll();
  restyle();
  showPanel();
  if (move || covers([...nearby()])) fit(true, [...nearby()].filter((id) => !isOff(id)), move ? DEFAULTS.focus : network.getScale());
  else network.redraw();
}

/* Say whether panel, legend or the edge of the stage hides one of some nodes. */
function covers(keys) {
  const margin = covered();
  return keys.some((id) => {
    const { x, y } = network.canvasToDOM(network.getPositions([id])[id]);
    return x < margin.left || x > picture.clientWidth - margin.right || y < margin.top || y > picture.clientHeight - margin.bottom;
  });
}

function clear() {
  if (!state.chosen) return;
  Object.assign(state, { chosen: null, trail: [] });
  byId('panel').hidden = true;
  restyle();
  network.redraw();
  (state.opener?.isConnected ? state.opener : byId('search')).focus({ preventScroll: true });
  state.opener = null;
}

/* ---- the panel ---- */

const go = (key, label) => (looks.has(key) ? make('button', { class: 'go', type: 'button', onclick: () => choose(key, { move: true }) }, labelled(label ?? data.things[key].label)) : labelled(label ?? {}));

/* One entry a document, with all its lines. */
function cites(citations) {
  const documents = new Map();
  for (const cite of citations) documents.set(cite.source, [...(documents.get(cite.source) ?? []), cite]);
  return [...documents.values()].map((all) => {
    const lines = all.map(({ first, last }) => (first === last ? `${first}` : `${first}–${last}`)).join(', ');
    const many = all.length > 1 || all[0].first !== all[0].last;
    const title = make('cite', {}, isolated(all[0].title, all[0].language));
    const date = all[0].date ? ` (${moment(all[0].date)})` : '';
    return make('p', { class: 'cites' }, title, `${date}, ${word(many ? 'linesOf' : 'line')} ${lines} `, make('code', {}, all[0].source));
  });
}

function support(fact) {
  const marks = fact.certainty === 'implied' ? [make('span', { class: 'mark' }, word('impliedMark')), fact.reason && make('p', { class: 'why' }, isolated(fact.reason))] : [];
  return [...marks, ...cites(fact.citations)];
}

const whenOf = (fact) => interval(fact) && make('span', { class: 'when' }, interval(fact));

function via(tie) {
  if (!tie.through.length) return '';
  return make('p', { class: 'via' }, `${word('through')} `, tie.through.flatMap(({ key, label }, number) => [number ? ', ' : '', go(key, label)]));
}

function tieItem(key, other) {
  const tie = data.ties[key];
  return make('li', {}, go(other), make('div', { class: 'row' }, make('button', { class: 'role', type: 'button', onclick: () => choose(key) }, labelled(tie.label)), whenOf(tie)), via(tie), support(tie));
}

function factItem(fact) {
  const value = fact.value;
  const shown = value.label ? go(value.key, value.label) : value.text ? isolated(value.text, value.language) : '';
  const more = [value.type && Object.keys(value.type).length ? textOf(value.type) : '', value.year ? `${word('target_')} ${value.year}` : ''].filter(Boolean).join(' ');
  const relation = fact.relation === 'hasGoal' ? '' : make('span', { class: 'via' }, labelled(fact.label));
  return make('li', {}, make('div', { class: 'row' }, relation, shown, more && make('span', { class: 'via' }, more), whenOf(fact)), support(fact));
}

const section = (title, items) => (items.length ? [make('h3', {}, word(title)), make('ul', {}, items)] : []);

function identifier({ value }) {
  const name = textOf(value.scheme);
  const text = value.text.replace(/^https?:\/\/[^/]+\//, '');
  const shown = [name ? `${name} ` : '', isolated(text)];
  // Only such addresses are links: nothing else is safe to open.
  return /^https?:\/\//i.test(value.page) ? make('a', { href: value.page, rel: 'noopener noreferrer', target: '_blank' }, shown) : make('span', {}, shown);
}

function thingPanel(key) {
  const thing = data.things[key];
  const other = Object.entries(thing.label).filter(([language, text]) => language && text !== nameOf(key) && language !== languageOf(thing.label));
  const mine = data.edges.filter(({ from, to }) => from === key || to === key);
  const list = (type, from) => mine.filter((edge) => data.ties[edge.id].type === type && (from ? edge.from === key : edge.to === key)).map((edge) => tieItem(edge.id, from ? edge.to : edge.from));
  const facts = (...relations) => thing.facts.filter(({ relation }) => relations.includes(relation));
  const apart = ['identifier', 'hasGoal', 'altLabel', 'hiddenLabel'];
  const drawnFacts = new Set(mine.map(({ id }) => data.ties[id].iri));
  const rest = thing.facts.filter((fact) => !['identifier', 'hasGoal'].includes(fact.relation) && !drawnFacts.has(fact.iri));
  const represented = data.edges.filter(({ id }) => data.ties[id].through.some((each) => each.key === key));
  const names = [...new Set(facts('altLabel').map(({ value }) => value.text))];
  return [
    make('h2', { tabindex: -1, id: 'panel-title' }, labelled(thing.label)),
    other.map(([language, text]) => make('p', { class: 'other' }, isolated(text, language))),
    names.length ? make('p', { class: 'other' }, `${word('also')} `, names.flatMap((name, number) => [number ? ', ' : '', isolated(name)])) : '',
    facts('identifier').length ? make('div', { class: 'ids' }, facts('identifier').map(identifier)) : '',
    section('partOf', list('membership', true)), section('parts', list('membership', false)),
    section('represents', represented.map(({ id, from, to }) => make('li', {}, go(from), make('div', { class: 'row' }, make('button', { class: 'role', type: 'button', onclick: () => choose(id) }, labelled(data.ties[id].label)), go(to), whenOf(data.ties[id])), support(data.ties[id])))),
    section('goals', facts('hasGoal').map(factItem)), section('links', list('statement', true)), section('linked', list('statement', false)),
    section('events', thing.events.map((event) => make('li', {}, labelled(event.label), ' ', whenOf(event), support(event)))),
    section('facts', rest.map(factItem)),
    section('named', thing.citations.length ? [make('li', {}, support(thing))] : []),
  ];
}

function kindOf(key) {
  const thing = data.things[key];
  // Only initiatives have types that say more than their kind.
  const kinds = (thing.kind === 'initiative' ? thing.types : []).concat(Object.keys(thing.classification).length ? thing.classification : []).map(textOf);
  return [...new Set([word(thing.kind), ...kinds])].join(' · ');
}

function tiePanel(key) {
  const tie = data.ties[key];
  const { from, to } = drawnEdges.get(key);
  const rows = [['interval', interval(tie) || word('undated')], ['via', tie.through.length && make('span', {}, tie.through.flatMap((each, number) => [number ? ', ' : '', go(each.key, each.label)]))],
    ['certainty', tie.certainty && word(tie.certainty === 'implied' ? 'impliedMark' : tie.certainty)], ['reason', tie.reason && isolated(tie.reason)]];
  return [
    make('h2', { tabindex: -1, id: 'panel-title' }, labelled(tie.label)),
    make('div', { class: 'ends' }, go(from), make('span', { class: 'arrow', 'aria-hidden': 'true' }, '↓'), go(to)),
    make('dl', {}, rows.filter(([, value]) => value).flatMap(([name, value]) => [make('dt', {}, word(name)), make('dd', {}, value)])),
    section('cited', tie.citations.length ? [make('li', {}, cites(tie.citations))] : []),
    tie.iri ? section('iri', [make('li', {}, make('code', {}, isolated(tie.iri)))]) : [],
  ];
}

function showPanel() {
  const panel = byId('panel');
  const key = state.chosen;
  const edge = drawnEdges.get(key);
  const kicker = edge ? [word(data.ties[key].type)] : [icon(looks.get(key).look), kindOf(key)];
  const back = state.trail.length > 0 && make('button', { class: 'round', type: 'button', 'aria-label': word('back'), title: word('back'), onclick: () => choose(state.trail.pop(), { back: true, move: true }) }, '←');
  const close = make('button', { class: 'round', type: 'button', 'aria-label': word('close'), title: word('close'), onclick: clear }, '×');
  panel.replaceChildren(...[make('div', { class: 'bar' }, make('p', { class: 'kicker' }, kicker), back, close), edge ? tiePanel(key) : thingPanel(key)].flat(3).filter((part) => part));
  panel.setAttribute('aria-labelledby', 'panel-title');
  panel.hidden = false;
  panel.scrollTop = 0;
  byId('panel-title').focus({ preventScroll: true });
}

/* ---- legend, search, table, bar ---- */

function groups() {
  const counts = new Map();
  for (const { legend, look, id } of data.nodes) {
    const group = counts.get(legend) ?? counts.set(legend, { legend, look, count: 0, thing: data.things[id] }).get(legend);
    group.count += 1;
  }
  const order = Object.keys(data.looks);
  return [...counts.values()].sort((a, b) => order.indexOf(a.look) - order.indexOf(b.look) || (a.legend < b.legend ? -1 : 1));
}

function keyOf({ legend, look, count, thing }) {
  const name = thing.kind !== 'organisation' ? word(`${thing.kind}s`) : thing.helix ? textOf(thing.helix_label) : word('unknown');
  const box = make('input', { type: 'checkbox', value: legend });
  box.checked = !state.off.has(legend);
  box.addEventListener('change', () => { state.off[box.checked ? 'delete' : 'add'](legend); filter(); });
  return make('label', { class: 'key' }, box, icon(look), make('span', { class: 'name' }, isolated(name)), make('span', { class: 'count' }, `${count}`));
}

const lineKey = (key, width, dash) => make('p', { class: 'line' }, make('svg', { width: 30, height: 8, 'aria-hidden': 'true' }, make('path', { d: 'M0 4h30', 'stroke-width': width, 'stroke-dasharray': dash })), word(key));

function showLegend() {
  const all = groups();
  const [organisations, others] = [true, false].map((yes) => all.filter(({ thing }) => (thing.kind === 'organisation') === yes));
  const kinds = new Set(data.edges.map(({ id }) => (data.ties[id].certainty === 'implied' ? 'implied' : data.ties[id].type === 'statement' ? 'link' : drawnEdges.get(id).width > 2 ? 'strong' : 'member')));
  const lines = [['strong', 2.4, null], ['member', 1.2, null], ['link', 1.2, '5 4'], ['implied', 1.6, '1.5 4']].filter(([kind]) => kinds.has(kind));
  byId('legend').firstElementChild.textContent = word('legend');
  byId('keys').replaceChildren(...[
    organisations.length ? [make('h3', {}, word('organisations')), organisations.map(keyOf)] : [],
    others.length ? [make('h3', {}, word('others')), others.map(keyOf)] : [],
    make('h3', {}, word('lines')), lines.map((line) => lineKey(...line))].flat(2));
}

function filter() {
  restyle();
  network.redraw();
  showTable();
  showStatus();
}

function showStatus() {
  const count = (all, off, name) => { const left = all.filter((each) => !off(each)).length; return left === all.length ? `${left} ${word(name)}` : `${left} ${word('of')} ${all.length} ${word(name)}`; };
  byId('status').textContent = `${count(data.nodes, ({ id }) => isOff(id), 'things')}, ${count(data.edges, edgeIsOff, 'ties')}`;
}

function showTable() {
  const rows = data.edges.filter((edge) => !edgeIsOff(edge)).map((edge) => ({ ...edge, a: nameOf(edge.from), b: nameOf(edge.to), tie: data.ties[edge.id] }));
  const collator = new Intl.Collator(state.language);
  rows.sort((x, y) => collator.compare(x.a, y.a) || collator.compare(x.b, y.b) || (x.id < y.id ? -1 : 1));
  const cell = (...children) => make('td', {}, ...children);
  byId('table').replaceChildren(make('table', {}, make('caption', {}, word('caption')),
    make('thead', {}, make('tr', {}, ['thing', 'role', 'target', 'years', 'sources'].map((name) => make('th', { scope: 'col' }, word(name))))),
    make('tbody', {}, rows.map(({ id, from, to, tie }) => make('tr', {}, cell(go(from)), cell(make('button', { class: 'role', type: 'button', onclick: () => choose(id) }, labelled(tie.label)), via(tie)), cell(go(to)), cell(years(tie)),
      cell(tie.certainty === 'implied' && make('span', { class: 'mark' }, word('impliedMark')), cites(tie.citations)))))));
}

function showView(table) {
  state.table = table;
  byId('table').hidden = !table;
  byId('stage').hidden = table;
  if (!table) { network?.setSize('100%', '100%'); network?.redraw(); }
  const button = (name, on) => make('button', { type: 'button', 'aria-pressed': `${on}`, onclick: () => { showView(name === 'table'); byId('views').children[name === 'table' ? 1 : 0].focus(); } }, word(name));
  byId('views').replaceChildren(button('picture', !table), button('table', table));
}

const entries = () => data.nodes.map(({ id, look }) => ({ id, look, texts: [...Object.values(data.things[id].label), ...data.things[id].aliases] }));

function matches(query) {
  const wanted = fold(query.trim());
  if (!wanted) return [];
  const rank = (text) => { const at = fold(text).indexOf(wanted); return at < 0 ? 9 : at === 0 ? 0 : /[\s(-]/.test(fold(text)[at - 1]) ? 1 : 2; };
  const found = entries().map((entry) => { const best = [...entry.texts].sort((a, b) => rank(a) - rank(b))[0]; return { ...entry, best, rank: rank(best) }; });
  return found.filter((entry) => entry.rank < 9).sort((a, b) => a.rank - b.rank || looks.get(b.id).size - looks.get(a.id).size).slice(0, DEFAULTS.suggestions);
}

function search() {
  const [input, list] = [byId('search'), byId('suggestions')];
  let active = -1;
  const close = () => { list.hidden = true; input.setAttribute('aria-expanded', 'false'); input.removeAttribute('aria-activedescendant'); };
  const pick = (id) => { input.value = ''; close(); if (isOff(id)) { state.off.delete(looks.get(id).legend); showLegend(); filter(); } choose(id, { move: true }); };
  const mark = (to) => {
    active = to;
    [...list.children].forEach((item, number) => item.setAttribute('aria-selected', `${number === active}`));
    if (list.children[active]) { input.setAttribute('aria-activedescendant', list.children[active].id); list.children[active].scrollIntoView({ block: 'nearest' }); }
  };
  input.addEventListener('input', () => {
    const found = matches(input.value);
    list.replaceChildren(...found.map(({ id, look, best }, number) => {
      const item = make('li', { role: 'option', id: `suggestion-${number}`, 'aria-selected': 'false' }, icon(look, 13), make('span', {}, isolated(short(nameOf(id), 80)), best !== nameOf(id) && make('small', {}, isolated(short(best, 80)))));
      item.dataset.key = id;
      item.addEventListener('mousedown', (event) => { event.preventDefault(); pick(id); });
      return item;
    }));
    if (!found.length && input.value.trim()) list.append(make('li', { role: 'option', 'aria-disabled': 'true', 'aria-selected': 'false' }, word('none')));
    list.hidden = !input.value.trim();
    input.setAttribute('aria-expanded', `${!list.hidden}`);
    mark(found.length ? 0 : -1);
  });
  input.addEventListener('keydown', (event) => {
    const count = [...list.children].filter((item) => item.dataset.key).length;
    if (event.key === 'ArrowDown' && count) { mark((active + 1) % count); event.preventDefault(); }
    if (event.key === 'ArrowUp' && count) { mark((active + count - 1) % count); event.preventDefault(); }
    if (event.key === 'Enter' && list.children[active]?.dataset.key && !list.hidden) pick(list.children[active].dataset.key);
    if (event.key === 'Escape' && !list.hidden) { close(); event.stopPropagation(); }
  });
  input.addEventListener('blur', close);
}

function showWords() {
  const { version, date } = data.dataset;
  document.documentElement.lang = state.language;
  const title = textOf(data.title);
  document.title = plain(title);
  byId('title').replaceChildren(isolated(title, languageOf(data.title)));
  byId('about').textContent = [version && `${word('version')} ${version}`, date && moment(date), ''].filter((part) => part != null).join(' · ');
  for (const name of ['search']) { byId(name).placeholder = word('search'); byId(name).setAttribute('aria-label', word('search')); }
  byId('suggestions').setAttribute('aria-label', word('search'));
  for (const name of ['views', 'languages']) byId(name).setAttribute('aria-label', word(name));
  picture.setAttribute('aria-label', word('pictureSays'));
  byId('languages').replaceChildren(...Object.keys(WORDS).map((language) => make('button', { type: 'button', lang: language, 'aria-pressed': `${language === state.language}`, onclick: () => speak(language) }, language.toUpperCase())));
  byId('zoom').replaceChildren(...[['zoomIn', '+', 1.35], ['zoomOut', '−', 1 / 1.35], ['fit', '⤢', 0]].map(([name, sign, factor]) => make('button', { type: 'button', 'aria-label': word(name), title: word(name), onclick: () => (factor ? network.moveTo({ scale: network.getScale() * factor, animation: motion() }) : fit()) }, sign)));
  byId('zoom').setAttribute('aria-label', word('zoomIn'));
}

function speak(language) {
  state.language = language;
  showAll();
  placed = null;
  network.redraw();
  if (state.chosen) showPanel();
  [...byId('languages').children].find((button) => button.lang === language).focus();
}

function showAll() { showWords(); showLegend(); showTable(); showStatus(); showView(state.table); }

/* ---- start ---- */

if (isNarrow()) byId('legend').open = false;
showAll();
draw();
search();
addEventListener('keydown', (event) => { if (event.key === 'Escape') clear(); });
dark.addEventListener('change', () => { restyle(); showLegend(); if (state.chosen) showPanel(); network.redraw(); });

/* For tests and for the curious: the drawing, what is chosen and what is written in the picture. */
window.kgView = { network, choose, clear, fit, chosen: () => state.chosen, labels: () => (placed ? placed.labels.map(({ id, lines }) => ({ id, text: lines.join(' ') })) : []), hidden: () => data.nodes.filter(({ id }) => isOff(id)).map(({ id }) => id) };
})();
