/* The view: vis-network draws the marks and lines that pyvis made; names, roles and years are placed
   here so that none covers another; legend, search, panel and table speak of the same data.
   Everything that comes from the data enters the page as text. */
const DEFAULTS = {
  nameSize: 12.5, // of a name in the picture, in pixels, and how far zooming may change it
  nameSizes: [11, 17],
  roleSize: 0.84, // of a role, against a name
  line: 22, // the characters of a line of a name
  lines: [3, 2, 1], // its most lines: tried one after the other where there is little room
  always: 3, // the names of so many nodes with the most ties are always there, and larger,
  among: 20, // one among so many nodes at most
  larger: 1.14,
  avoided: 400, // the most edges that names keep clear of
  halo: 3.5,
  // Where a name can stand from its mark, across and down, and at what cost.
  spots: [
    [0, 1, 0],
    [1, 0, 3],
    [-1, 0, 3],
    [0, -1, 2],
    [1, 1, 4],
    [-1, 1, 4],
    [1, -1, 4],
    [-1, -1, 4],
  ],
  faint: 0.13, // what is not near the thing chosen
  closest: 2.6, // the largest scale when all of a small network is shown
  focus: 1.15,
  costly: 12, // milliseconds that placing labels may take within a frame of zooming
  pause: 140, // milliseconds after zooming until labels are placed that take longer
  animation: 420, // milliseconds
  suggestions: 8,
  noAnswer: 9, // the rank of a text that does not answer a search
  narrow: 640,
};

const SHAPES = {
  dot: 'M8 2.4a5.6 5.6 0 1 1 0 11.2a5.6 5.6 0 1 1 0-11.2z',
  diamond: 'M8 1.2 14.8 8 8 14.8 1.2 8z',
  square: 'M2.8 2.8h10.4v10.4H2.8z',
  triangle: 'M8 2 14.4 13.4H1.6z',
  triangleDown: 'M8 14 1.6 2.6h12.8z',
  hexagon: 'M4.6 2.2h6.8L14.8 8l-3.4 5.8H4.6L1.2 8z',
  star: 'M8 1.2 9.9 6h5.1l-4.1 3.1 1.6 5L8 11.2l-4.5 2.9 1.6-5L1 6h5.1z',
};

const byId = (id) => document.getElementById(id);
const data = JSON.parse(byId('data').textContent);
const dark = matchMedia('(prefers-color-scheme: dark)');
const still = matchMedia('(prefers-reduced-motion: reduce)');
const state = {
  language: WORDS[data.language] ? data.language : 'en',
  off: new Set(), // the entries of the legend that are filtered out
  chosen: null, // the key of the node or edge that the panel shows
  over: null, // the key of the one under the pointer
  trail: [], // those chosen before
  opener: null, // what had the focus before the panel
  table: false,
};

const word = (key) => WORDS[state.language][key] ?? key;
const isNarrow = () => innerWidth <= DEFAULTS.narrow;

/* ---- texts ---- */

// Controls would be invisible, or would turn round what stands beside them.
const plain = (text) =>
  visible(
    String(text)
      .replace(/[\u202a-\u202e\u2066-\u2069\u200e\u200f]/g, '')
      .replace(/[\t\n\r]+/g, ' '),
  );
const textOf = (label) => label[state.language] || label.en || Object.values(label)[0] || '';
const languageOf = (label) => [state.language, 'en', ...Object.keys(label)].find((each) => label[each]) || '';
const nameOf = (key) => textOf(data.things[key]?.label ?? {}) || key;
const short = (text, longest = 44) =>
  text.length <= longest
    ? text
    : `${[...text]
        .slice(0, longest - 1)
        .join('')
        .trimEnd()}…`;
const fold = (text) =>
  text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase();

function years({ start = '', end = '', attested = '' }) {
  const [a, b, c] = [start, end, attested].map((text) => text.slice(0, 4));
  if (a || b) return a === b ? a : `${a || '?'}–${b || '?'}`;
  return c;
}

function moment(text) {
  const [year, month, day] = text.split('-').map(Number);
  if (!month) return text;
  const form = { year: 'numeric', month: 'long', timeZone: 'UTC', ...(day ? { day: 'numeric' } : {}) };
  return new Intl.DateTimeFormat(state.language === 'sv' ? 'sv-SE' : 'en-GB', form).format(
    Date.UTC(year, month - 1, day || 1),
  );
}

function interval({ start, end, attested }) {
  const known = `${start ? 'a' : ''}${end ? 'b' : ''}` || (attested ? 'c' : '');
  const form = start && start === end ? 'on' : { a: 'from', b: 'until', ab: 'between', c: 'at' }[known];
  const parts = { a: start, b: end, c: attested };
  return form && word(form).replace(/\{(\w)\}/g, (_, part) => moment(parts[part]));
}

/* ---- elements: attributes by name, children as text or elements ---- */

function make(tag, attributes = {}, ...children) {
  const space = ['svg', 'path'].includes(tag) ? 'http://www.w3.org/2000/svg' : 'http://www.w3.org/1999/xhtml';
  const element = document.createElementNS(space, tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'onclick') element.addEventListener('click', value);
    else if (value !== false && value != null) element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat().filter((child) => child !== '' && child != null && child !== false));
  return element;
}

const press = (attributes, onclick, ...children) =>
  make('button', { type: 'button', ...attributes, onclick }, ...children);
const listed = (items) => items.flatMap((item, number) => [number ? ', ' : '', item]);
const visible = (text) =>
  String(text).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g, '\ufffd');
const isolated = (text, language) => make('bdi', { dir: 'auto', lang: language || null }, visible(text));
const labelled = (label) => isolated(textOf(label), languageOf(label));
const colours = (look) => (dark.matches ? data.looks[look].slice(3, 5) : data.looks[look].slice(1, 3));

function icon(look, size = 16) {
  const [fill, border] = colours(look);
  return make(
    'svg',
    { width: size, height: size, viewBox: '0 0 16 16', 'aria-hidden': 'true' },
    make('path', { d: SHAPES[data.looks[look][0]], fill, stroke: border, 'stroke-width': 1.2 }),
  );
}

/* ---- the picture ---- */

const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const looks = new Map(data.nodes.map((node) => [node.id, node]));
const drawnEdges = new Map(data.edges.map((edge) => [edge.id, edge]));
const around = new Map(data.nodes.map((node) => [node.id, new Set([node.id])]));
for (const { from, to } of data.edges) {
  around.get(from).add(to);
  around.get(to).add(from);
}

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

function touches(edge, key) {
  return key && (edge.id === key || edge.from === key || edge.to === key);
}

function nodeStyle(node, near) {
  const [background, border] = colours(node.look);
  const chosen = { background, border: node.id === state.chosen ? css('--ink') : border };
  const { label, legend, look, ...drawn } = node; // the names are placed by this script
  return {
    ...drawn,
    hidden: isOff(node.id),
    opacity: near && !near.has(node.id) ? DEFAULTS.faint : 1,
    borderWidth: node.id === state.chosen ? 3 : 1.5,
    color: { ...chosen, highlight: chosen, hover: { background, border: css('--ink') } },
  };
}

function edgeStyle(edge, near) {
  const lit = touches(edge, state.chosen);
  const color = lit ? css('--accent') : css('--firm');
  const { label, ...drawn } = edge;
  return {
    ...drawn,
    hidden: edgeIsOff(edge),
    width: edge.width + (edge.id === state.chosen ? 1.6 : 0),
    color: {
      color,
      highlight: css('--accent'),
      hover: css('--accent'),
      opacity: near && !lit ? DEFAULTS.faint : 1,
    },
  };
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
  const taller = Math.min(1.7, Math.max(1, (((high - 150) / (wide - 110)) * across) / down));
  for (const node of data.nodes) [node.x, node.y] = [node.y, Math.round(node.x * taller)];
}

function draw() {
  turn();
  restyle();
  network = new vis.Network(picture, { nodes, edges }, data.options);
  network.canvas.frame.removeAttribute('tabindex'); // an image: search, legend and table are the ways in by keyboard
  network.on('afterDrawing', drawLabels);
  network.on('click', ({ nodes: [node], edges: [edge] }) => (node || edge ? choose(node || edge) : clear()));
  for (const [event, key] of [
    ['hoverNode', 'node'],
    ['hoverEdge', 'edge'],
  ])
    network.on(event, (on) => hover(on[key]));
  for (const event of ['blurNode', 'blurEdge']) network.on(event, () => hover(null));
  network.on('dragEnd', () => {
    placed = null;
    network.redraw();
  });
  network.on('dragging', ({ nodes: moved }) => {
    if (moved.length) placed = null;
  });
  addEventListener('resize', () => {
    placed = null;
    home = null;
  });
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
  if (!wide) return { left: 44, right: 44, top: 24, bottom: open ? panel.offsetHeight + 10 : 60 };
  return { left: byId('legend').open ? 280 : 60, right: open ? 440 : 50, top: 24, bottom: 30 };
}

const motion = () =>
  still.matches ? false : { duration: DEFAULTS.animation, easingFunction: 'easeInOutCubic' };

/* Show some nodes, or all, in the part of the stage that is free. */
function fit(animated = true, wanted = around.keys(), closest = DEFAULTS.closest) {
  const keys = [...wanted].filter((id) => !isOff(id));
  if (!keys.length) return;
  const places = Object.values(network.getPositions(keys));
  const xs = places.map(({ x }) => x);
  const ys = places.map(({ y }) => y);
  const box = {
    left: Math.min(...xs) - 50,
    right: Math.max(...xs) + 50,
    top: Math.min(...ys) - 30,
    bottom: Math.max(...ys) + 50,
  };
  const margin = covered();
  const wide = picture.clientWidth - margin.left - margin.right;
  const high = picture.clientHeight - margin.top - margin.bottom;
  const scale = Math.min(
    closest,
    Math.max(0.02, Math.min(wide / (box.right - box.left), high / (box.bottom - box.top))),
  );
  const shift = { x: (margin.right - margin.left) / 2 / scale, y: (margin.bottom - margin.top) / 2 / scale };
  const position = { x: (box.left + box.right) / 2 + shift.x, y: (box.top + box.bottom) / 2 + shift.y };
  home = {
    scale,
    left: position.x * scale - picture.clientWidth / 2,
    right: position.x * scale + picture.clientWidth / 2,
  };
  network.moveTo({ position, scale, animation: animated ? motion() : false });
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
  if (move || covers([...nearby()])) fit(true, nearby(), move ? DEFAULTS.focus : network.getScale());
  else network.redraw();
}

/* Say whether panel, legend or the edge of the stage hides one of some nodes. */
function covers(keys) {
  const margin = covered();
  return keys.some((id) => {
    const { x, y } = network.canvasToDOM(network.getPositions([id])[id]);
    return (
      x < margin.left ||
      x > picture.clientWidth - margin.right ||
      y < margin.top ||
      y > picture.clientHeight - margin.bottom
    );
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

/* ---- legend, search, table, bar ---- */

function groups() {
  const counts = new Map();
  for (const { legend, look, id } of data.nodes) {
    if (!counts.has(legend)) counts.set(legend, { legend, look, count: 0, thing: data.things[id] });
    counts.get(legend).count += 1;
  }
  const order = Object.keys(data.looks);
  return [...counts.values()].sort(
    (a, b) => order.indexOf(a.look) - order.indexOf(b.look) || (a.legend < b.legend ? -1 : 1),
  );
}

function keyOf({ legend, look, count, thing }) {
  const helix = textOf(thing.helix_label) || word('unknown');
  const name = thing.kind === 'organisation' ? helix : word(`${thing.kind}s`);
  const box = make('input', { type: 'checkbox', value: legend });
  box.checked = !state.off.has(legend);
  box.addEventListener('change', () => {
    state.off[box.checked ? 'delete' : 'add'](legend);
    filter();
  });
  return make(
    'label',
    { class: 'key' },
    box,
    icon(look),
    make('span', { class: 'name' }, isolated(name)),
    make('span', { class: 'count' }, `${count}`),
  );
}

function lineKey(key, width, dash) {
  const line = make('path', { d: 'M0 4h30', 'stroke-width': width, 'stroke-dasharray': dash });
  return make(
    'p',
    { class: 'line' },
    make('svg', { width: 30, height: 8, 'aria-hidden': 'true' }, line),
    word(key),
  );
}

function lineOf({ id, width }) {
  if (data.ties[id].certainty === 'implied') return 'implied';
  if (data.ties[id].type === 'statement') return 'link';
  return width > 2 ? 'strong' : 'member';
}

function showLegend() {
  const all = groups();
  const [organisations, others] = [true, false].map((yes) =>
    all.filter(({ thing }) => (thing.kind === 'organisation') === yes),
  );
  const kinds = new Set(data.edges.map(lineOf));
  const lines = [
    ['strong', 2.4, null],
    ['member', 1.2, null],
    ['link', 1.2, '5 4'],
    ['implied', 1.6, '1.5 4'],
  ].filter(([kind]) => kinds.has(kind));
  byId('legend').firstElementChild.textContent = word('legend');
  byId('keys').replaceChildren(
    ...[
      organisations.length ? [make('h2', {}, word('organisations')), organisations.map(keyOf)] : [],
      others.length ? [make('h2', {}, word('others')), others.map(keyOf)] : [],
      make('h2', {}, word('lines')),
      lines.map((line) => lineKey(...line)),
    ].flat(2),
  );
}

function filter() {
  restyle();
  network.redraw();
  showTable();
  showStatus();
}

function showStatus() {
  const counted = (all, off, name) => {
    const left = all.filter((each) => !off(each)).length;
    return `${left === all.length ? left : `${left} ${word('of')} ${all.length}`} ${word(name)}`;
  };
  const things = counted(data.nodes, ({ id }) => isOff(id), 'things');
  byId('status').textContent = `${things}, ${counted(data.edges, edgeIsOff, 'ties')}`;
}

function showTable() {
  const shown = data.edges.filter((edge) => !edgeIsOff(edge));
  const rows = shown.map((edge) => ({
    ...edge,
    a: nameOf(edge.from),
    b: nameOf(edge.to),
    tie: data.ties[edge.id],
  }));
  const collator = new Intl.Collator(state.language);
  rows.sort((x, y) => collator.compare(x.a, y.a) || collator.compare(x.b, y.b) || (x.id < y.id ? -1 : 1));
  // On a narrow screen rows are drawn as blocks, which is not to take their meaning from them.
  const cell = (...children) => make('td', { role: 'cell' }, ...children);
  const heads = ['thing', 'role', 'target', 'years', 'sources'].map((name) =>
    make('th', { scope: 'col', role: 'columnheader' }, word(name)),
  );
  const body = rows.map(({ id, from, to, tie }) =>
    make(
      'tr',
      { role: 'row' },
      cell(go(from)),
      cell(roleOf(id), via(tie)),
      cell(go(to)),
      cell(years(tie)),
      cell(impliedMark(tie), cites(tie.citations)),
    ),
  );
  byId('table').setAttribute('aria-label', word('table'));
  byId('table').replaceChildren(
    make(
      'table',
      { role: 'table' },
      make('caption', {}, word('caption')),
      make('thead', { role: 'rowgroup' }, make('tr', { role: 'row' }, heads)),
      make('tbody', { role: 'rowgroup' }, body),
    ),
  );
}

function showView(table) {
  state.table = table;
  byId('table').hidden = !table;
  byId('stage').classList.toggle('away', table);
  const button = (name, number, on) =>
    press(
      { 'aria-pressed': `${on}` },
      () => {
        showView(name === 'table');
        byId('views').children[number].focus();
      },
      word(name),
    );
  byId('views').replaceChildren(button('picture', 0, !table), button('table', 1, table));
}

/* How well a text answers: from its beginning, from a word's beginning, within a word, not at all. */
function rankOf(text, wanted) {
  const folded = fold(text);
  const at = folded.indexOf(wanted);
  if (at <= 0) return at < 0 ? DEFAULTS.noAnswer : 0;
  return /[\s(-]/.test(folded[at - 1]) ? 1 : 2;
}

function matches(query) {
  const wanted = fold(query.trim());
  if (!wanted) return [];
  const found = data.nodes.map(({ id, look, size }) => {
    const { label, aliases } = data.things[id];
    const ranked = [...Object.values(label), ...aliases].map((text) => ({
      text,
      rank: rankOf(text, wanted),
    }));
    return { id, look, size, ...ranked.sort((a, b) => a.rank - b.rank)[0] };
  });
  const answers = found.filter(({ rank }) => rank < DEFAULTS.noAnswer);
  return answers.sort((a, b) => a.rank - b.rank || b.size - a.size).slice(0, DEFAULTS.suggestions);
}

function suggestion({ id, look, text }, number) {
  const other = text !== nameOf(id) && make('small', {}, isolated(short(text, 80)));
  const attributes = { role: 'option', id: `suggestion-${number}`, 'aria-selected': 'false', 'data-key': id };
  return make('li', attributes, icon(look, 13), make('span', {}, isolated(short(nameOf(id), 80)), other));
}

/* A combobox with a list (WAI-ARIA Authoring Practices): arrows move, Enter takes, Escape closes. */
function search() {
  const [input, list] = [byId('search'), byId('suggestions')];
  const nothing = { role: 'option', 'aria-disabled': 'true', 'aria-selected': 'false' };
  let active = -1;
  const close = () => {
    list.hidden = true;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
  };
  const take = (id) => {
    input.value = '';
    close();
    if (state.off.delete(looks.get(id).legend)) {
      showLegend();
      filter();
    }
    choose(id, { move: true });
  };
  const mark = (to) => {
    active = to;
    [...list.children].forEach((item, number) => item.setAttribute('aria-selected', `${number === active}`));
    if (active < 0) return;
    input.setAttribute('aria-activedescendant', list.children[active].id);
    list.children[active].scrollIntoView({ block: 'nearest' });
  };
  input.addEventListener('input', () => {
    const found = matches(input.value);
    list.replaceChildren(...(found.length ? found.map(suggestion) : [make('li', nothing, word('none'))]));
    list.hidden = !input.value.trim();
    input.setAttribute('aria-expanded', `${!list.hidden}`);
    mark(found.length ? 0 : -1);
  });
  input.addEventListener('keydown', (event) => {
    if (list.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const count = list.children.length;
    if (step && active >= 0) mark((active + step + count) % count);
    else if (event.key === 'Enter' && active >= 0) take(list.children[active].dataset.key);
    else if (event.key === 'Escape') close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  list.addEventListener('mousedown', (event) => {
    event.preventDefault(); // the focus stays in the field
    const item = event.target.closest('[data-key]');
    if (item) take(item.dataset.key);
  });
  input.addEventListener('blur', close);
}

const languageButton = (language) =>
  press(
    { lang: language, 'aria-pressed': `${language === state.language}` },
    () => speak(language),
    language.toUpperCase(),
  );

function zoomButton(name, sign, factor) {
  const zoom = () => network.moveTo({ scale: network.getScale() * factor, animation: motion() });
  return press({ 'aria-label': word(name), title: word(name) }, () => (factor ? zoom() : fit()), sign);
}

function showWords() {
  const { version, date } = data.dataset;
  document.documentElement.lang = state.language;
  const title = textOf(data.title);
  document.title = plain(title);
  byId('title').replaceChildren(isolated(title, languageOf(data.title)));
  byId('about').textContent = [version && `${word('version')} ${version} · `, date && `${moment(date)} · `]
    .filter(Boolean)
    .join('');
  byId('search').placeholder = word('search');
  for (const name of ['search', 'suggestions']) byId(name).setAttribute('aria-label', word('search'));
  for (const name of ['views', 'languages']) byId(name).setAttribute('aria-label', word(name));
  picture.setAttribute('aria-label', word('pictureSays'));
  byId('languages').replaceChildren(...Object.keys(WORDS).map(languageButton));
  byId('zoom').replaceChildren(
    zoomButton('zoomIn', '+', 1.35),
    zoomButton('zoomOut', '−', 1 / 1.35),
    zoomButton('fit', '⤢'),
  );
  byId('zoom').setAttribute('aria-label', word('zoom'));
}

function speak(language) {
  state.language = language;
  showAll();
  placed = null;
  network.redraw();
  if (state.chosen) showPanel();
  [...byId('languages').children].find((button) => button.lang === language).focus();
}

function showAll() {
  showWords();
  showLegend();
  showTable();
  showStatus();
  showView(state.table);
}

/* ---- start ---- */

if (isNarrow()) byId('legend').open = false;
showAll();
draw();
search();
addEventListener('keydown', (event) => {
  if (event.key === 'Escape') clear();
});
dark.addEventListener('change', () => {
  restyle();
  showLegend();
  if (state.chosen) showPanel();
  network.redraw();
});

/* For tests and for the curious: the drawing, what is chosen, hidden, and written in the picture. */
window.kgView = {
  network,
  choose,
  clear,
  fit,
  chosen: () => state.chosen,
  hidden: () => data.nodes.map(({ id }) => id).filter(isOff),
  labels: () => (placed?.labels ?? []).map(({ id, lines, box }) => ({ id, text: lines.join(' '), box })),
};
