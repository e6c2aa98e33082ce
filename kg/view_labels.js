/* Names and roles in the picture: placed one after another, each only where nothing stands yet. */

let placed = null; // { scale, labels, cost }
let waiting = 0;
let home = null; // what was last fitted to the stage: there, no name is to be cut at its edges
const widths = new Map();
const pen = document.createElement('canvas').getContext('2d');

class Boxes {
  constructor(cell = 48) {
    this.cell = cell;
    this.cells = new Map();
  }

  *around([left, top, right, bottom]) {
    for (let x = Math.floor(left / this.cell); x <= Math.floor(right / this.cell); x += 1)
      for (let y = Math.floor(top / this.cell); y <= Math.floor(bottom / this.cell); y += 1)
        yield `${x} ${y}`;
  }

  add(box) {
    for (const key of this.around(box)) (this.cells.get(key) ?? this.cells.set(key, []).get(key)).push(box);
  }

  /* The boxes that one meets. */
  met(box) {
    const found = new Set();
    for (const key of this.around(box))
      for (const other of this.cells.get(key) ?? [])
        if (box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3])
          found.add(other);
    return found.size;
  }
}

function widthOf(text, font) {
  const key = `${font} ${text}`;
  if (!widths.has(key)) {
    pen.font = font;
    widths.set(key, pen.measureText(text).width);
  }
  return widths.get(key);
}

/* Break a name into lines of about the same length; what does not fit is cut. */
function linesOf(name, most) {
  const words = plain(name)
    .split(' ')
    .map((part) => short(part, DEFAULTS.line));
  const wrap = (longest) =>
    words
      .reduce(
        (lines, part) => {
          const longer = `${lines[lines.length - 1]} ${part}`.trim();
          return longer.length <= longest ? [...lines.slice(0, -1), longer] : [...lines, part];
        },
        [''],
      )
      .filter(Boolean);
  for (let count = 1; count <= most; count += 1) {
    for (let longest = 6; longest <= DEFAULTS.line; longest += 1) {
      const lines = wrap(longest);
      if (
        lines.length === count &&
        words.every((part) => part.length <= longest || longest === DEFAULTS.line)
      )
        return lines;
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
  const great = Math.min(DEFAULTS.always, Math.floor(data.nodes.length / DEFAULTS.among));
  const ranked = shown.sort((a, b) => first(b.id) - first(a.id) || b.size - a.size || (a.id < b.id ? -1 : 1));
  const ground = { scale, family, taken, passed };
  const labels = ranked.map((node, rank) =>
    placeName(node, at[node.id], {
      ...ground,
      size: rank < great ? size * DEFAULTS.larger : size,
      forced: rank < great || first(node.id) > 0,
    }),
  );
  const order = written.sort((a, b) => lit(b) - lit(a) || (a.id < b.id ? -1 : 1));
  const roles = order.map((edge) =>
    placeRole(edge, { ...ground, size: size * DEFAULTS.roleSize, forced: first(edge.id) > 0 }),
  );
  return [...labels, ...roles].filter(Boolean);
}

/* Count the places, a few pixels apart, at which edges pass through a box. */
function passing(written, scale) {
  const [cell, cells] = [8, new Map()];
  for (const { id } of written.length > DEFAULTS.avoided ? [] : written) {
    const line = network.body.edges[id]?.edgeType;
    if (!line) continue;
    const [a, b] = [0, 1].map((t) => line.getPoint(t));
    const steps = Math.ceil((Math.hypot(b.x - a.x, b.y - a.y) * scale) / cell);
    for (let step = 0; step <= steps; step += 1) {
      const { x, y } = line.getPoint(step / steps);
      const key = `${Math.floor((x * scale) / cell)} ${Math.floor((y * scale) / cell)}`;
      cells.set(key, (cells.get(key) ?? 0) + 1);
    }
  }
  return ([left, top, right, bottom]) => {
    let count = 0;
    for (let x = Math.floor(left / cell); x <= Math.floor(right / cell); x += 1)
      for (let y = Math.floor(top / cell); y <= Math.floor(bottom / cell); y += 1)
        count += cells.get(`${x} ${y}`) ?? 0;
    return count;
  };
}

/* Put a name below its mark, or wherever around it fewest edges pass; nowhere where all is taken,
   unless it is forced. */
function placeName({ id, size: radius }, { x, y }, { scale, size, family, taken, passed, forced }) {
  const font = `${forced ? 600 : 500} ${size}px ${family}`;
  for (const most of DEFAULTS.lines) {
    const lines = linesOf(nameOf(id), most);
    const high = size * 1.18;
    const wide = Math.max(...lines.map((line) => widthOf(line, font)));
    const spots = spotsAround(x * scale, y * scale, radius * scale + 4, wide, high * lines.length);
    const free = spots.filter(({ box }) => !taken.met(box) && !isCut(box, scale));
    const last = most === DEFAULTS.lines[DEFAULTS.lines.length - 1];
    const best = (choice, cost) =>
      choice.map((spot) => [cost(spot), spot]).sort((a, b) => a[0] - b[0])[0]?.[1];
    const spot =
      best(free, ({ box, cost }) => cost + passed(box)) ??
      (forced && last && best(spots, ({ box }) => taken.met(box)));
    if (!spot) continue;
    taken.add(spot.box);
    return { ...spot, id, lines, font, high, angle: 0, ink: '--ink' };
  }
  return null;
}

/* Say whether a box would be cut off where all is fitted to the stage. */
function isCut([left, , right], scale) {
  return home && Math.abs(scale - home.scale) < 1e-4 && (left < home.left || right > home.right);
}

/* The eight places around a mark, the better ones at less cost. */
function spotsAround(cx, cy, away, wide, tall) {
  const corner = away * 0.7;
  return DEFAULTS.spots.map(([dx, dy, cost]) => {
    const gap = dx && dy ? corner : away;
    const [x, y] = [cx + dx * gap, cy + dy * (gap + tall / 2)];
    const left = dx > 0 ? x : dx < 0 ? x - wide : x - wide / 2;
    const align = ['right', 'center', 'left'][dx + 1];
    return { x, y, cost, align, box: [left - 2, y - tall / 2 - 1, left + wide + 2, y + tall / 2 + 1] };
  });
}

/* Write along the line, where it is long enough, at the first place of several that is free. */
function placeRole(edge, { scale, size, family, taken, forced }) {
  const text = edgeText(edge.id);
  if (!text) return null;
  const font = `400 ${size}px ${family}`;
  const wide = widthOf(text, font);
  const line = network.body.edges[edge.id]?.edgeType;
  if (!line) return null;
  for (const share of [0.5, 0.42, 0.58, 0.34, 0.66]) {
    const [before, here, after] = [share - 0.03, share, share + 0.03].map((t) => line.getPoint(t));
    const [dx, dy] = [after.x - before.x, after.y - before.y];
    const length = (Math.hypot(dx, dy) / 0.06) * scale;
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
    const ink = touches(edge, state.chosen) ? '--accent' : '--soft';
    const [x, y] = [here.x * scale, here.y * scale];
    return { id: edge.id, lines: [text], font, high: size * 1.2, x, y, align: 'center', angle, ink };
  }
  return null;
}

function placeNow(scale) {
  const start = performance.now();
  placed = { scale, labels: place(scale) };
  placed.cost = performance.now() - start;
}

function placeSoon() {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    placed = null;
    network.redraw();
  }, DEFAULTS.pause);
}

function drawLabels(context) {
  const scale = network.getScale();
  if (!placed || (placed.scale !== scale && placed.cost < DEFAULTS.costly)) placeNow(scale);
  else if (placed.scale !== scale) placeSoon();
  const ratio = scale / placed.scale; // while zooming goes on, labels only move with their places
  const inks = { '--ink': css('--ink'), '--soft': css('--soft'), '--accent': css('--accent') };
  context.save();
  context.scale(1 / scale, 1 / scale);
  Object.assign(context, {
    textBaseline: 'middle',
    lineJoin: 'round',
    lineWidth: DEFAULTS.halo,
    strokeStyle: css('--paper'),
  });
  for (const label of placed.labels) {
    context.save();
    context.translate(label.x * ratio, label.y * ratio);
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
