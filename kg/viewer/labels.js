/* Names and roles in the picture: placed one after another, each only where nothing stands yet. */
const NAME_SIZE = 12.5; // of a name in the picture, in pixels, and how far zooming may change it
const NAME_SIZES = [11, 17];
const ROLE_SIZE = 0.84; // of a role, against a name
const LINE = 22; // the characters of a line of a name
const LINES = [3, 2, 1]; // its most lines: tried one after the other where there is little room
const ALWAYS = 10; // the names of so many things with the most ties are always there,
const AMONG = 10; // one among so many things at most,
const GREAT = 3; // and of so many they are larger,
const AMONG_GREAT = 20; // one among so many
const EARLY = 4; // one of so many things is named before the others, also apart from its mark
const LARGER_NAME = 1.14;
const AVOIDED = 400; // the most edges that names keep clear of
const HALO = 3.5;
const COSTLY = 12; // milliseconds that placing labels may take within a frame of zooming
const PAUSE = 140; // milliseconds after zooming until labels are placed that take longer
// Where a name can stand from its mark, across and down, and at what cost.
const SPOTS = [
  [0, 1, 0],
  [1, 0, 3],
  [-1, 0, 3],
  [0, -1, 2],
  [1, 1, 4],
  [-1, 1, 4],
  [1, -1, 4],
  [-1, -1, 4],
];
// Where there is no room at the mark: pixels away from it, with a thin line to it.
const FARTHER = [12, 22, 34, 48, 64, 84];
const FARTHEST_AWAY = 70; // of these, at scale 1: a longer line in a small picture leads nowhere,
const STANDING_OUT = 12; // but to one of so many marks with the most ties, which are large

let placed = null; // { scale, labels, cost }
let waiting = 0;
let home = null; // what was last fitted to the stage: there, no name is to be cut at its edges
const widths = new Map();
const pen = document.createElement('canvas').getContext('2d');

const meets = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

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
        if (meets(box, other)) found.add(other);
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
    .map((part) => short(part, LINE));
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
    for (let longest = 6; longest <= LINE; longest += 1) {
      const lines = wrap(longest);
      if (
        lines.length === count &&
        words.every((part) => part.length <= longest || longest === LINE)
      )
        return lines;
      if (lines.length < count) break;
    }
  }
  const lines = wrap(LINE).slice(0, most);
  return [...lines.slice(0, -1), `${lines[lines.length - 1].replace(/…$/, '')}…`];
}

const fonts = (scale) => {
  const [least, most] = NAME_SIZES;
  const size = Math.min(most, Math.max(least, NAME_SIZE * scale ** 0.4));
  return { size, family: css('--sans') };
};

/* Place all labels for a scale, in pixels from the origin of the picture. */
function place(scale) {
  const { size, family } = fonts(scale);
  const [near, lit] = [nearby(), litTies()];
  const taken = new Boxes(); // marks and names
  const names = new Boxes();
  const at = network.getPositions();
  const drawn = sceneNodes().filter(({ id }) => !near || near.has(id) || id === over);
  for (const { id } of drawn) {
    const [x, y, r] = [at[id].x * scale, at[id].y * scale, markSize(id) * scale + 1];
    taken.add([x - r, y - r, x + r, y + r]);
  }
  const isLit = (edge) => lit.has(edge.id) || touches(edge, over);
  const passed = passing(sceneEdges().filter((edge) => !near || isLit(edge)), scale);
  const written = sceneEdges().filter((edge) => (!near || isLit(edge)) && scene.writes(edge.id, isLit(edge)));
  const first = (key) => (key === state.chosen || key === over || key === walked ? 1e6 : 0);
  const least = (most, among) => Math.min(most, Math.floor(scene.nodes.length / among));
  const [always, great] = [least(ALWAYS, AMONG), least(GREAT, AMONG_GREAT)];
  const ranked = drawn.sort((a, b) => first(b.id) - first(a.id) || b.size - a.size || (a.id < b.id ? -1 : 1));
  const ground = { scale, family, taken, names, passed };
  const apart = (node, rank) => placeApart(node, at[node.id], { ...ground, size, farthest: rank < STANDING_OUT ? Infinity : FARTHEST_AWAY * scale });
  const tries = ranked.map((node, rank) => {
    const stands = rank < great && node.size > (ranked[great]?.size ?? 0); // not one of many of its size
    const isGreat = stands || first(node.id) > 0;
    const more = { size: stands ? size * LARGER_NAME : size, isGreat, forced: isGreat };
    const found = placeName(node, at[node.id], { ...ground, ...more });
    if (found || rank > ranked.length / EARLY) return found;
    return apart(node, rank) ?? (rank < always ? placeName(node, at[node.id], { ...ground, ...more, forced: true }) : null);
  });
  // Those without room at their mark stand apart from it; the others keep their places.
  const labels = tries.map((label, rank) => label ?? apart(ranked[rank], rank));
  const order = written.sort((a, b) => isLit(b) - isLit(a) || (a.id < b.id ? -1 : 1));
  const roles = order.map((edge) =>
    placeRole(edge, { ...ground, size: size * ROLE_SIZE, forced: first(edge.id) > 0, lit: lit.has(edge.id) }),
  );
  return [...labels, ...roles].filter(Boolean);
}

/* Count the places, a few pixels apart, at which edges pass through a box. */
function passing(written, scale) {
  const [cell, cells] = [8, new Map()];
  for (const { id } of written.length > AVOIDED ? [] : written) {
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
   unless it is forced: then where it covers no name, if it can, and fewest marks. */
function placeName({ id }, { x, y }, { scale, size, family, taken, names, passed, forced, isGreat }) {
  const font = `${isGreat ? 600 : 500} ${size}px ${family}`;
  for (const most of LINES) {
    const lines = linesOf(nameOf(id), most);
    const high = size * 1.18;
    const wide = Math.max(...lines.map((line) => widthOf(line, font)));
    const spots = spotsAround(x * scale, y * scale, markSize(id) * scale + 4, wide, high * lines.length);
    const free = spots.filter(({ box }) => !taken.met(box) && !isCut(box, scale));
    const last = most === LINES[LINES.length - 1];
    const best = (choice, cost) =>
      choice.map((spot) => [cost(spot), spot]).sort((a, b) => a[0] - b[0])[0]?.[1];
    const spot =
      best(free, ({ box, cost }) => cost + passed(box)) ??
      (forced && last && best(spots, ({ box }) => 100 * (names.met(box) + isCut(box, scale)) + taken.met(box)));
    if (!spot) continue;
    if (forced && names.met(spot.box)) return null;
    for (const boxes of [taken, names]) boxes.add(spot.box);
    return { ...spot, id, lines, font, high, angle: 0, ink: '--ink' };
  }
  return null;
}

/* Put a name away from its mark, with a line to it that crosses no other name. */
function placeApart({ id }, { x, y }, { scale, size, family, taken, names, passed, farthest }) {
  if (scene.nodes.length > AVOIDED) return null;
  const font = `500 ${size}px ${family}`;
  const [cx, cy, radius] = [x * scale, y * scale, markSize(id) * scale];
  for (const away of FARTHER.filter((each) => each < farthest))
    for (const most of LINES) {
      const lines = linesOf(nameOf(id), most);
      const high = size * 1.18;
      const wide = Math.max(...lines.map((line) => widthOf(line, font)));
      const spots = spotsAround(cx, cy, radius + away, wide, high * lines.length)
        .map((spot) => ({ ...spot, leader: leaderOf(spot, cx, cy, radius) }))
        .filter(({ box, leader }) => !taken.met(box) && !isCut(box, scale) && isFree(leader, taken))
        .sort((a, b) => a.cost + passed(a.box) - b.cost - passed(b.box));
      if (!spots.length) continue;
      for (const boxes of [taken, names]) boxes.add(spots[0].box);
      return { ...spots[0], id, lines, font, high, angle: 0, ink: '--ink' };
    }
  return null;
}

/* The line from a mark to the nearest point of its name. */
function leaderOf({ box: [left, top, right, bottom] }, cx, cy, radius) {
  const [tx, ty] = [Math.min(Math.max(cx, left), right), Math.min(Math.max(cy, top), bottom)];
  const length = Math.hypot(tx - cx, ty - cy) || 1;
  const share = (radius + 2) / length;
  return [cx + (tx - cx) * share, cy + (ty - cy) * share, tx, ty];
}

function isFree([x1, y1, x2, y2], taken) {
  return [0.35, 0.6, 0.85].every((t) => {
    const [x, y] = [x1 + (x2 - x1) * t, y1 + (y2 - y1) * t];
    return !taken.met([x - 1, y - 1, x + 1, y + 1]);
  });
}

/* Say whether a box would be cut off, or covered, where all is fitted to the stage. */
function isCut(box, scale) {
  if (!home || Math.abs(scale - home.scale) > 1e-4) return false;
  const [left, top, right, bottom] = home.sides;
  return box[0] < left || box[1] < top || box[2] > right || box[3] > bottom || home.covers.some((cover) => meets(box, cover));
}

/* The eight places around a mark, the better ones at less cost. */
function spotsAround(cx, cy, away, wide, tall) {
  const corner = away * 0.7;
  return SPOTS.map(([dx, dy, cost]) => {
    const gap = dx && dy ? corner : away;
    const [x, y] = [cx + dx * gap, cy + dy * (gap + tall / 2)];
    const left = dx > 0 ? x : dx < 0 ? x - wide : x - wide / 2;
    const align = ['right', 'center', 'left'][dx + 1];
    return { x, y, cost, align, box: [left - 2, y - tall / 2 - 1, left + wide + 2, y + tall / 2 + 1] };
  });
}

/* Write along the line, where it is long enough, at the first place of several that is free. */
function placeRole(edge, { scale, size, family, taken, forced, lit }) {
  const text = scene.text(edge.id);
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
    const ink = isPair(edge.id) ? '--ink' : lit ? '--accent' : '--soft';
    const [x, y] = [here.x * scale, here.y * scale];
    const halo = HALO + (isPair(edge.id) ? 2 * edge.width : 0);
    return { id: edge.id, halo, lines: [text], font, high: size * 1.2, x, y, align: 'center', angle, ink };
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
  }, PAUSE);
}
