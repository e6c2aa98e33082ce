/* The picture as SVG, out of the page's own data: lines, marks, names, and around them title and legend. */
const EDGE_OF_ICON = { dot: 5.6, diamond: 6.8, square: 5.2, triangle: 5.6, triangleDown: 5.6, hexagon: 6.8, star: 6.6 };
const MARGIN = 28; // around the picture, in pixels
const LEGEND_ROW = 22;

/* Do something as on paper: in the colours of light ground. */
function onLight(run) {
  onPaper = true;
  document.documentElement.classList.add('paper');
  try {
    return run();
  } finally {
    onPaper = false;
    document.documentElement.classList.remove('paper');
  }
}

/* A line from mark to mark, which ends where the mark of its target begins, with its arrow there. */
function svgEdge(edge, style, to) {
  const line = network.body.edges[edge.id]?.edgeType;
  if (!line) return [];
  const scale = network.getScale();
  const [a, middle, b] = [0, 0.5, 1].map((t) => to(line.getPoint(t)));
  const control = { x: 2 * middle.x - (a.x + b.x) / 2, y: 2 * middle.y - (a.y + b.y) / 2 };
  const mix = (p, q, t) => ({ x: p.x + (q.x - p.x) * t, y: p.y + (q.y - p.y) * t });
  const point = (t) => mix(mix(a, control, t), mix(control, b, t), t);
  const centre = to(network.getPositions([edge.to])[edge.to]);
  const radius = markSize(edge.to) * scale + 1.5;
  let end = 1;
  while (end > 0.5 && Math.hypot(point(end).x - centre.x, point(end).y - centre.y) < radius) end -= 0.01;
  const [tip, bend] = [point(end), mix(a, control, end)];
  const stroke = style.color.color;
  const width = Math.max(0.6, style.width * scale);
  const dashes = (style.dashes || []).map((length) => Math.max(1, length * scale * 1.2)).join(' ');
  const drawn = { opacity: style.color.opacity, stroke, 'stroke-width': round(width), fill: 'none' };
  const d = `M${at(a)}Q${at(bend)} ${at(tip)}`;
  const parts = [make('path', { ...drawn, d, 'stroke-dasharray': dashes || null })];
  const turn = (Math.atan2(tip.y - bend.y, tip.x - bend.x) * 180) / Math.PI;
  if (style.arrows.to?.enabled) {
    const long = Math.max(4, 6.5 * scale + width);
    parts.push(make('path', { d: `M0 0L${round(-long)} ${round(-long * 0.36)}V${round(long * 0.36)}z`, fill: stroke, opacity: style.color.opacity, transform: `translate(${at(tip)}) rotate(${round(turn)})` }));
  }
  if (style.arrows.middle?.enabled) {
    const across = ((Math.atan2(b.y - a.y, b.x - a.x) + Math.PI / 2) * 180) / Math.PI;
    parts.push(make('path', { ...drawn, 'stroke-width': round(width + 1), d: 'M-6 0H6', transform: `translate(${at(point(0.5))}) rotate(${round(across)})` }));
  }
  return parts;
}

const round = (value) => Math.round(value * 100) / 100;
const at = ({ x, y }) => `${round(x)} ${round(y)}`;

function svgMark({ id, look }, style, to) {
  const { x, y } = to(network.getPositions([id])[id]);
  const shape = data.looks[look][0];
  const size = (style.size * network.getScale()) / EDGE_OF_ICON[shape];
  const { background, border } = style.color;
  const mark = { d: SHAPES[shape], fill: background, stroke: border, 'stroke-width': round(style.borderWidth / size), transform: `translate(${at({ x: x - 8 * size, y: y - 8 * size })}) scale(${round(size)})` };
  const letter = markLetter(id) && make('text', { x: round(x), y: round(y + 4), 'text-anchor': 'middle', 'font-size': 11, 'font-weight': 700, fill: communityInk(measureOf(id, 'community')) }, markLetter(id));
  return make('g', { opacity: style.opacity }, make('title', {}, plain(nameOf(id))), make('path', mark), letter);
}

function svgLabel({ lines, font, x, y, high, align, angle, ink, leader, halo: wide = HALO }, to) {
  const place = to({ x, y }, 1);
  const anchor = { left: 'start', center: 'middle', right: 'end' }[align];
  const [, weight, size] = font.match(/^(\d+) ([\d.]+)px/);
  const halo = { stroke: css('--paper'), 'stroke-width': wide, 'stroke-linejoin': 'round', 'paint-order': 'stroke' };
  const rows = lines.map((line, number) =>
    make('tspan', { x: 0, y: round((number - (lines.length - 1) / 2) * high + size * 0.35) }, line),
  );
  const text = make('text', { ...halo, fill: css(ink), 'font-size': round(Number(size)), 'font-weight': weight, 'text-anchor': anchor, transform: `translate(${at(place)}) rotate(${round((angle * 180) / Math.PI)})` }, rows);
  if (!leader) return [text];
  const [one, other] = [to({ x: leader[0], y: leader[1] }, 1), to({ x: leader[2], y: leader[3] }, 1)];
  return [make('path', { d: `M${at(one)}L${at(other)}`, stroke: css('--soft'), 'stroke-width': 0.8 }), text];
}

/* The size of the stage; that which it had, where the page is being printed. */
const stageSize = () => (picture.clientWidth ? [picture.clientWidth, picture.clientHeight] : sizedFor);

/* The box of what is seen of the picture, in pixels of the stage. */
function seenBox(labels, to) {
  const boxes = sceneNodes().map(({ id }) => {
    const { x, y } = to(network.getPositions([id])[id]);
    const radius = markSize(id) * network.getScale() + 4;
    return [x - radius, y - radius, x + radius, y + radius];
  });
  for (const { box } of labels)
    if (box) {
      const [one, other] = [to({ x: box[0], y: box[1] }, 1), to({ x: box[2], y: box[3] }, 1)];
      boxes.push([one.x, one.y, other.x, other.y]);
    }
  const [wide, high] = stageSize();
  const seen = boxes.filter(([left, top, right, bottom]) => right > 0 && left < wide && bottom > 0 && top < high);
  if (!seen.length) return [0, 0, wide, high];
  const edge = (index, pick) => pick(...seen.map((box) => box[index]));
  return [Math.max(0, edge(0, Math.min)), Math.max(0, edge(1, Math.min)), Math.min(wide, edge(2, Math.max)), Math.min(high, edge(3, Math.max))];
}

/* The legend in rows: the kinds that are shown, in their colours, or the scale by which things are coloured. */
function svgLegend(wide) {
  const entries = ordered('kind').filter(({ key }) => sceneNodes().some(({ legend }) => legend === key));
  const plainLook = state.colour === 'kind' ? null : [css('--paper'), css('--soft')];
  const parts = [];
  let [x, y] = [0, 0];
  for (const entry of entries) {
    const name = short(plain(upper(entryName(entry))), 40);
    const long = widthOf(name, `400 13px ${css('--sans')}`) + 44;
    if (x && x + long > wide) [x, y] = [0, y + LEGEND_ROW];
    const [fill, stroke] = plainLook ?? colours(entry.look);
    parts.push(make('path', { d: SHAPES[data.looks[entry.look][0]], fill, stroke, 'stroke-width': 1.2, transform: `translate(${x} ${y - 12})` }));
    parts.push(make('text', { x: x + 23, y: y + 0.5, 'font-size': 13, fill: css('--soft') }, name));
    x += long;
  }
  return { high: y + LEGEND_ROW, parts };
}

/* The legend of lines in a row: those that are shown. */
function svgLines(y, wide) {
  if (scene !== SCENES.network) return { high: 0, parts: [] };
  const shownNow = new Set(sceneEdges().map(lineOf));
  const parts = [];
  let [x, row] = [0, 0];
  for (const [kind, width, dash] of LINE_KEYS.filter(([each]) => shownNow.has(each))) {
    const name = upper(word(kind));
    const long = widthOf(name, `400 13px ${css('--sans')}`) + 60;
    if (x && x + long > wide) [x, row] = [0, row + LEGEND_ROW];
    parts.push(make('path', { d: `M${x} ${y + row - 4}h30`, stroke: css('--firm'), 'stroke-width': width, 'stroke-dasharray': dash }));
    parts.push(make('text', { x: x + 38, y: y + row + 0.5, 'font-size': 13, fill: css('--soft') }, name));
    x += long;
  }
  return { high: parts.length ? row + LEGEND_ROW : 0, parts };
}

/* The text broken into lines that are no wider than some pixels. */
function wrapped(text, wide, font) {
  const lines = [''];
  for (const part of text.split(' ')) {
    const longer = `${lines[lines.length - 1]} ${part}`.trim();
    if (widthOf(longer, font) <= wide || !lines[lines.length - 1]) lines[lines.length - 1] = longer;
    else lines.push(part);
  }
  return lines;
}
