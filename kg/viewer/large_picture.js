/* The picture: sigma draws marks and lines by WebGL; names, and what is near the thing chosen, stand
   on a canvas above it, so that a choice never draws the whole network anew. */
const PICTURE = {
  names: 90, // the most names at once
  looked: 6000, // the most things in sight that are tried for a name
  name: [11.5, 15], // the size of a name in pixels, of few ties and of many
  longest: 34,
  steps: 1.6, // how much a button or a key zooms
  near: 0.12, // the camera's ratio at a thing that was searched for, at most
  around: 1500, // the most ties of one thing that are drawn over the others
  costly: 16, // milliseconds a frame, of which a screen shows sixty a second, above which the picture is shifted while it moves
  pause: 140, // milliseconds without movement until a shifted picture is drawn anew,
  longestPause: 900, // and at most, or so many times as long as drawing takes
  share: 20,
  reach: 6, // pixels from a line within which a click means it,
  finger: 14, // and from a mark or a line within which a tap does
  settling: 350, // milliseconds in which a second tap is not for the panel that the first has opened
  animation: 350, // milliseconds
};
let sigma = null;
let graph = null;
let marks = null;
let shownNames = [];
let over = null;
let drawn = false;
const stage = byId('stage');

/* Marks are smaller, and lines fainter, the more of them there are. */
const markSize = (thing) => Math.min(15, (innerWidth <= 640 ? 0.6 : 1) * (26 / COUNT ** 0.28) * (0.35 + 0.24 * Math.sqrt(degree[thing])));
const lineColour = () => {
  const strength = Math.min(0.55, Math.max(0.035, 9 / Math.sqrt(TIES) / (COUNT > 20000 ? 1.6 : 1) / 2));
  // sigma adds a colour to what is below it as it stands: it is to be weakened beforehand.
  const parts = css('--tie').split(',').map((part) => Math.round(part * strength));
  return `rgba(${parts}, ${strength.toFixed(3)})`;
};

/* One line for each two things that are tied, whichever way and however often. */
function makeGraph() {
  const { UndirectedGraph } = graphology;
  graph = new UndirectedGraph();
  const colours = data.groups.map((_, group) => colourOf(group));
  for (let place = COUNT - 1; place >= 0; place -= 1) {
    const thing = byTies[place]; // those with many ties are drawn last, above the others
    const [x, y] = [things.x[thing], -things.y[thing]];
    graph.addNode(thing, { x, y, size: markSize(thing), color: colours[things.group[thing]] });
  }
  const color = lineColour();
  for (let tie = 0; tie < TIES; tie += 1) {
    const [a, b] = [ties.from[tie], ties.to[tie]];
    if (a !== b && !graph.hasEdge(a, b)) graph.addEdgeWithKey(tie, a, b, { color, size: 0.7 });
  }
}

/* The ties behind a line: between the same two things, either way. */
function tiesBehind(tie) {
  const [a, b] = [ties.from[tie], ties.to[tie]];
  return [...tiesFrom(a)].filter((each) => ties.to[each] === b).concat([...tiesFrom(b)].filter((each) => ties.to[each] === a));
}

function hasWebgl() {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('webgl2');
  context?.getExtension('WEBGL_lose_context')?.loseContext();
  return Boolean(context) && 'Sigma' in window;
}

function draw() {
  makeGraph();
  sigma = new Sigma(graph, byId('picture'), {
    renderLabels: false,
    labelRenderedSizeThreshold: Infinity,
    enableEdgeEvents: false,
    defaultEdgeType: 'thin',
    edgeProgramClasses: { thin: Sigma.rendering.EdgeLineProgram },
    defaultDrawNodeHover: () => {},
    stagePadding: innerWidth <= 640 ? 16 : 36,
    minCameraRatio: 0.002,
    maxCameraRatio: 3,
    zIndex: false,
  });
  marks = make('canvas', { id: 'marks' });
  byId('picture').append(marks);
  sigma.on('afterRender', drawMarks);
  easeMovement();
  const point = (what) => {
    stage.focus({ preventScroll: true }); // as a click does by itself, and a tap does not
    if (what) choose(what);
    else clear();
  };
  sigma.on('clickNode', ({ node }) => point({ thing: Number(node) }));
  sigma.on('clickStage', ({ event }) => {
    const isMouse = event.original instanceof MouseEvent;
    const thing = isMouse ? null : thingAt(event);
    const tie = thing == null ? tieAt(event, isMouse ? PICTURE.reach : PICTURE.finger) : null;
    point(thing != null ? { thing } : tie != null ? { tie } : null);
  });
  // After sigma, which has chosen by then: for a moment the panel takes no taps.
  stage.addEventListener('touchend', () => {
    byId('panel').classList.add('settling');
    setTimeout(() => byId('panel').classList.remove('settling'), PICTURE.settling);
  });
  for (const [event, thing] of [
    ['enterNode', true],
    ['leaveNode', false],
  ])
    sigma.on(event, ({ node }) => {
      over = thing ? Number(node) : null;
      stage.classList.toggle('over', thing);
      drawMarks();
    });
  fit(false);
}

/* Where drawing takes long (no graphics processor, very many lines), the picture that is there is
   moved and scaled as it is while the camera moves, and drawn anew when it rests. */
function easeMovement() {
  const render = sigma.scheduleRender.bind(sigma);
  const layers = [...byId('picture').children].filter((layer) => !layer.classList.contains('sigma-mouse'));
  const camera = sigma.getCamera();
  const ends = (options) => [0, 1000].map((x) => sigma.graphToViewport({ x, y: 0 }, options));
  let [taken, began, waiting] = [0, 0, 0];
  let shown = null; // the places of two points in the picture as it is drawn
  sigma.on('afterRender', () => {
    began = performance.now();
    // Two frames later the picture is on the screen.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        taken = (performance.now() - began) / 2;
      }),
    );
    clearTimeout(waiting);
    waiting = 0;
    shown = ends();
    for (const layer of layers) layer.style.transform = '';
  });
  sigma.scheduleRender = () => {
    const moved = shown && JSON.stringify(ends({ cameraState: camera.getState() })) !== JSON.stringify(shown);
    const rested = performance.now() - began > Math.max(PICTURE.longestPause, PICTURE.share * taken);
    if (taken < PICTURE.costly || !moved || rested) return render();
    const [a, b] = ends({ cameraState: camera.getState() });
    const scale = (b.x - a.x) / (shown[1].x - shown[0].x);
    const shift = `translate(${a.x - shown[0].x * scale}px, ${a.y - shown[0].y * scale}px) scale(${scale})`;
    for (const layer of layers) layer.style.transform = shift;
    clearTimeout(waiting);
    waiting = setTimeout(render, PICTURE.pause);
    return sigma;
  };
}

/* The thing whose mark is nearest to where a finger is on the stage. */
function thingAt({ x, y }) {
  let [best, least] = [null, PICTURE.finger];
  const place = projection();
  for (let thing = 0; thing < COUNT; thing += 1) {
    const [left, top] = place(thing);
    const away = Math.hypot(left - x, top - y) - sigma.scaleSize(markSize(thing));
    if (away < least && !thingIsOff(thing)) [best, least] = [thing, away];
  }
  return best;
}

/* The tie whose line is nearest to a place on the stage, so many pixels away at most. */
function tieAt({ x, y }, reach) {
  let [best, least] = [null, reach ** 2];
  const at = sigma.viewportToGraph({ x, y });
  const unit = sigma.viewportToGraph({ x: x + 1, y });
  const scale = Math.hypot(unit.x - at.x, unit.y - at.y);
  for (let tie = 0; tie < TIES; tie += 1) {
    const [a, b] = [ties.from[tie], ties.to[tie]];
    const [ax, ay] = [things.x[a] - at.x, -things.y[a] - at.y];
    const [wide, high] = [things.x[b] - things.x[a], things.y[a] - things.y[b]];
    const along = Math.min(1, Math.max(0, -(ax * wide + ay * high) / (wide * wide + high * high || 1)));
    const away = ((ax + along * wide) ** 2 + (ay + along * high) ** 2) / scale ** 2;
    if (away < least && !tieIsOff(tie)) [best, least] = [tie, away];
  }
  return best;
}

/* Hide and show by what the legend admits. */
function refilter() {
  if (!sigma) return;
  const off = state.offGroups.size + state.offRoles.size > 0;
  const gone = { hidden: true };
  const line = (tie) => tiesBehind(Number(tie)).every(tieIsOff);
  sigma.setSetting('nodeReducer', off ? (thing, now) => (thingIsOff(Number(thing)) ? { ...now, ...gone } : now) : null);
  sigma.setSetting('edgeReducer', off ? (tie, now) => (line(tie) ? { ...now, ...gone } : now) : null);
}

function recolour() {
  if (!sigma) return;
  const colours = data.groups.map((_, group) => colourOf(group));
  const color = lineColour();
  graph.updateEachNodeAttributes((thing, now) => ({ ...now, color: colours[things.group[Number(thing)]] }));
  graph.updateEachEdgeAttributes((_, now) => ({ ...now, color }));
}

/* ---- names, and what is near the thing chosen ---- */

/* From the network's places to pixels: one turn and shift, the same for all. */
function projection() {
  const at = (x, y) => sigma.graphToViewport({ x, y });
  const [origin, one] = [at(0, 0), at(1000, 0)];
  const scale = (one.x - origin.x) / 1000;
  return (thing) => [origin.x + things.x[thing] * scale, origin.y + things.y[thing] * scale];
}

function drawMarks() {
  const { width, height } = sigma.getDimensions();
  const ratio = Math.min(devicePixelRatio || 1, 2);
  if (marks.width !== Math.round(width * ratio) || marks.height !== Math.round(height * ratio))
    Object.assign(marks, { width: Math.round(width * ratio), height: Math.round(height * ratio) });
  const pen = marks.getContext('2d');
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.clearRect(0, 0, width, height);
  const place = projection();
  const near = drawNear(pen, place);
  drawNames(pen, place, near, width, height);
}

/* Draw the lines and marks of what is chosen, or under the pointer; give the things. */
function drawNear(pen, place) {
  const { chosen } = state;
  const thing = chosen ? chosen.thing : over;
  const lines = chosen?.tie != null ? [chosen.tie] : thing == null ? [] : [...tiesFrom(thing), ...tiesTo(thing)];
  const seen = lines.filter((tie) => !tieIsOff(tie)).slice(0, PICTURE.around);
  const near = new Set(thing == null || thingIsOff(thing) ? [] : [thing]);
  pen.strokeStyle = css('--accent');
  pen.globalAlpha = seen.length > 200 ? 0.35 : 0.75;
  pen.lineWidth = chosen?.tie != null ? 2.4 : 1.1;
  pen.beginPath();
  for (const tie of seen) {
    pen.moveTo(...place(ties.from[tie]));
    pen.lineTo(...place(ties.to[tie]));
    near.add(ties.from[tie]).add(ties.to[tie]);
  }
  pen.stroke();
  pen.globalAlpha = 1;
  for (const each of near) {
    const size = sigma.scaleSize(markSize(each));
    pen.beginPath();
    pen.arc(...place(each), each === thing ? size + 1.5 : size, 0, 2 * Math.PI);
    pen.fillStyle = colourOf(things.group[each]);
    pen.fill();
    if (each !== thing) continue;
    [pen.lineWidth, pen.strokeStyle] = [2, css('--ink')];
    pen.stroke();
  }
  return near;
}

/* What is written for a thing, and how: measured once in a language. */
const written = new Map();
function nameplate(thing, pen) {
  if (!written.has(thing)) {
    const share = Math.sqrt(degree[thing] / Math.max(1, degree[byTies[0]]));
    const letters = PICTURE.name[0] + (PICTURE.name[1] - PICTURE.name[0]) * share;
    const font = `${degree[thing] > 30 ? 600 : 500} ${letters.toFixed(1)}px ${css('--sans')}`;
    const text = short(plain(thingName(thing)), PICTURE.longest);
    pen.font = font;
    written.set(thing, { text, font, letters, wide: pen.measureText(text).width });
  }
  return written.get(thing);
}

/* Where a name can stand: beside its mark, inside the stage, over no other; null where it cannot. */
function boxOf({ letters, wide }, [x, y], beside, boxes, width, height) {
  const left = x + beside + wide > width ? x - beside - wide : x + beside;
  const box = [left - 5, y - letters * 0.75, left + wide + 5, y + letters * 0.75];
  const meets = (other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3];
  return left < 2 || box[1] < 0 || box[3] > height || boxes.some(meets) ? null : box;
}

/* Write names, those with most ties first, each only where nothing is written yet. */
function drawNames(pen, place, near, width, height) {
  const boxes = [];
  const [ink, paper, zoom] = [css('--ink'), css('--paper'), sigma.scaleSize(1)];
  shownNames = [];
  Object.assign(pen, { textAlign: 'left', lineWidth: 3.5, lineJoin: 'round', strokeStyle: paper, fillStyle: ink });
  const write = (thing) => {
    const at = place(thing);
    if (at[0] < 0 || at[1] < 0 || at[0] > width || at[1] > height) return false;
    const plate = nameplate(thing, pen);
    const box = boxOf(plate, at, zoom * markSize(thing) + 4, boxes, width, height);
    if (!box) return true;
    boxes.push(box);
    shownNames.push({ thing, text: plate.text, box });
    pen.font = plate.font;
    const [left, line] = [box[0] + 5, at[1] + plate.letters * 0.35];
    pen.strokeText(plate.text, left, line);
    pen.fillText(plate.text, left, line);
    return true;
  };
  for (const thing of [state.chosen?.thing, over]) if (thing != null && !thingIsOff(thing)) write(thing);
  const order = state.chosen ? [...near].sort((a, b) => degree[b] - degree[a]) : byTies;
  const least = zoom > 1.7 ? 0 : 1; // what has no ties is named close by only
  let looked = 0;
  for (const thing of order) {
    if (boxes.length >= PICTURE.names || looked >= PICTURE.looked || degree[thing] < least) break;
    if (!thingIsOff(thing)) looked += write(thing);
  }
}

/* ---- the camera ---- */

const motion = (state_, animated = true) => {
  const camera = sigma.getCamera();
  if (animated && !still.matches) camera.animate(state_, { duration: PICTURE.animation });
  else camera.setState(state_);
};
const zoomBy = (factor) => motion({ ratio: Math.min(3, Math.max(0.002, sigma.getCamera().ratio / factor)) });
function panBy(dx, dy) {
  const { x, y, ratio } = sigma.getCamera();
  motion({ x: x + dx * ratio, y: y + dy * ratio });
}
/* Show all, in the part of the stage that the legend leaves free. */
function fit(animated = true) {
  const camera = { x: 0.5, y: 0.5, ratio: 1, angle: 0 };
  const { width, height } = sigma.getDimensions();
  const legend = byId('legend').open && innerWidth > 640 ? byId('legend').getBoundingClientRect().right : 0;
  const { x } = sigma.getBBox();
  const [left, right] = x.map((each) => sigma.graphToViewport({ x: each, y: 0 }, { cameraState: camera }).x);
  const free = width - legend - 2 * sigma.getSetting('stagePadding');
  camera.ratio = Math.max(1, (right - left) / Math.max(free, 1));
  const middle = { x: (width - legend) / 2, y: height / 2 };
  motion({ ...camera, ...sigma.viewportToFramedGraph(middle, { cameraState: camera }) }, animated);
}

/* Say whether the panel covers one of some things. */
function isCovered(all) {
  const [panel, { left, top }] = [byId('panel').getBoundingClientRect(), stage.getBoundingClientRect()];
  return all.map(projection()).some(([x, y]) => x + left > panel.left - 12 && x + left < panel.right && y + top > panel.top - 12);
}

/* Bring a thing, or both ends of a tie, into sight, where neither panel nor legend stands; nearer, if need be. */
function moveTo(all, { nearer = true, animated = true } = {}) {
  const camera = sigma.getCamera();
  const displayed = all.map((thing) => sigma.getNodeDisplayData(String(thing)));
  const middle = (axis) => displayed.reduce((sum, each) => sum + each[axis], 0) / all.length;
  const ratio = nearer ? Math.min(camera.ratio, Math.max(PICTURE.near, 12 / Math.sqrt(COUNT) / 4)) : camera.ratio;
  const { width, height } = sigma.getDimensions();
  const narrow = innerWidth <= 640;
  const shift = narrow ? { x: 0, y: -0.29 } : { x: (392 + 24) / 2 / width, y: 0 };
  const side = Math.min(width, height);
  motion(
    { x: middle('x') + (shift.x * width * ratio) / side, y: middle('y') + (shift.y * height * ratio) / side, ratio },
    animated,
  );
}
