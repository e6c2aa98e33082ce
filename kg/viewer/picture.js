/* The picture: vis-network draws the marks and lines that pyvis made, as the state has them. */
const CLOSEST = 2.6; // the largest scale when all of a small network is shown
const NEAR = 1.15; // the largest scale when it is led to a thing
const FAINT = 0.13; // what is not near the thing chosen
const EASE = 420; // milliseconds
const NAMES = { left: 20, right: 20, top: 10, bottom: 26 }; // pixels that names need around the marks
const ON_STAGE = ['zoom', 'legend', 'time', 'focus', 'panel'];
const LARGER = 1.35; // what one step of zooming multiplies the scale by

const picture = byId('picture');
const nodes = new vis.DataSet();
const edges = new vis.DataSet();
let network = null;
let over = null; // the key of the thing or tie under the pointer
let places = new Map(); // where the things of the scene stand unless they are pinned
const styled = new Map(); // what was last given to vis-network, by key: only what differs is given again

const redraw = () => network?.redraw();
const chainKeys = () => {
  const list = chainsNow()?.list ?? [];
  return list[state.chain?.at % list.length] ?? [];
};

/* What stands near the thing, tie or chain that is looked at; null where none is. */
function nearby() {
  if (state.chosen) return sceneAround(state.chosen);
  if (state.chain && chainKeys().length) return new Set(chainKeys());
  return null;
}

/* The ties that are lit up: of the thing that is chosen, or of the chain. */
function litTies() {
  if (walked) return new Set([walked]);
  if (state.chosen) {
    if (edgeOf(state.chosen)) return new Set([state.chosen]);
    return new Set(scene.edgesOf(state.chosen).map(({ id }) => id));
  }
  const keys = chainKeys();
  if (scene !== SCENES.network) return new Set();
  const passes = (edge) => now.edges.has(edge.id);
  return new Set(keys.slice(1).flatMap((key, at) => tiesBetween(keys[at], key, passes).map(({ id }) => id)));
}

function nodeStyle(node, near) {
  const [background, border] = markColours(node.id);
  const isChosen = node.id === state.chosen;
  const color = { background, border: isChosen ? css('--ink') : border };
  const { label, legend, look, ...drawn } = node; // the names are placed by this script
  const [x, y] = (scene.canPin && state.pinned[node.id]) || places.get(node.id);
  return {
    ...drawn,
    x,
    y,
    size: markSize(node.id),
    hidden: !now.nodes.has(node.id),
    fixed: !scene.canPin,
    opacity: near && !near.has(node.id) ? FAINT : 1,
    borderWidth: isChosen || node.id === state.focus?.key ? 3 : 1.5,
    color: { ...color, highlight: color, hover: { background, border: css('--ink') } },
  };
}

/* A line: how it stands in time shows in its strength and in a bar across it. */
function edgeStyle(edge, near, lit) {
  const { label, shared, initiatives, held: _, ...drawn } = edge;
  const held = scene.held(edge.id);
  const asOf = state.time.mode === 'as-of';
  const isLit = lit.has(edge.id);
  const changes = ['began', 'ended', 'both'].includes(held);
  const colour = isLit ? '--accent' : changes || (asOf && held === 'certainly') ? '--strong' : '--firm';
  const wider = (edge.id === state.chosen || edge.id === walked ? 1.6 : 0) + (changes ? 1.4 : 0);
  const bar = { enabled: true, type: 'bar', scaleFactor: 0.9 };
  return {
    ...drawn,
    hidden: !held,
    width: edge.width + wider + (asOf && held === 'certainly' ? 0.7 : 0),
    arrows: { ...edge.arrows, middle: ['ended', 'both'].includes(held) ? bar : { enabled: false } },
    color: {
      color: css(colour),
      highlight: css('--accent'),
      hover: css('--accent'),
      opacity: near && !isLit ? FAINT : held === 'lasted' ? 0.35 : asOf && held === 'possibly' ? 0.75 : 1,
    },
  };
}

function restyle() {
  const [near, lit] = [nearby(), litTies()];
  const newNodes = scene.nodes.map((node) => nodeStyle(node, near)).filter(isNew);
  const newEdges = scene.edges().map((edge) => edgeStyle(edge, near, lit)).filter(isNew);
  if (newNodes.length) nodes.update(newNodes);
  if (newEdges.length) edges.update(newEdges);
  forgetImage();
  placed = null;
}

/* Say whether a mark or line is not as it was last drawn. */
function isNew(style) {
  const told = JSON.stringify(style);
  if (styled.get(style.id) === told) return false;
  styled.set(style.id, told);
  return true;
}

/* Draw another scene in the same picture. */
function setScene() {
  const next = SCENES[state.view];
  if (!next || next === scene) return;
  scene = next;
  walked = null;
  for (const drawn of [edges, nodes]) drawn.clear();
  styled.clear();
  over = null;
  places = placesOf(scene);
  restyle();
  fit(false, firstSeen());
}

function drawPicture() {
  scene = SCENES[state.view] ?? scene;
  places = placesOf(scene);
  sizedFor = [picture.clientWidth, picture.clientHeight];
  restyle();
  network = new vis.Network(picture, { nodes, edges }, { ...data.options, autoResize: true });
  network.canvas.frame.removeAttribute('tabindex'); // the picture itself has the focus and the keys
  network.on('beforeDrawing', drawMoved);
  network.on('afterDrawing', drawLabels);
  network.on('click', point);
  network.on('doubleClick', approach);
  network.on('hoverNode', ({ node }) => hover(node));
  network.on('hoverEdge', ({ edge }) => hover(edge));
  for (const event of ['blurNode', 'blurEdge']) network.on(event, () => hover(null));
  network.on('zoom', leaveHome);
  network.on('dragStart', ({ nodes: keys }) => {
    held = keys;
    if (!keys.length) leaveHome();
  });
  network.on('dragging', ({ nodes: moved }) => {
    if (!moved.length) return;
    placed = null;
    forgetImage();
  });
  network.on('dragEnd', drop);
  new ResizeObserver(resized).observe(picture);
  fit(false, firstSeen());
}

/* The stage has another size: on another kind of screen, or another way up, things have other places;
   what was fitted is fitted again. A size of nought is that of a page that is being printed. */
function resized() {
  const [wide, high] = [picture.clientWidth, picture.clientHeight];
  if (!wide || !high || alike([wide, high], sizedFor)) return;
  placed = null;
  if (Math.abs(wide - sizedFor[0]) > 120) {
    places = placesOf(scene);
    restyle();
  }
  sizedFor = [wide, high];
  requestAnimationFrame(() => (home?.kept ? fit(false, home.keys, home.closest) : redraw()));
}

/* Keep things where they stand now. */
function pin(keys) {
  if (!keys.length) return;
  const at = Object.entries(network.getPositions(keys)).map(([key, { x, y }]) => [key, [x, y].map(Math.round)]);
  network.unselectAll();
  change({ pinned: { ...state.pinned, ...Object.fromEntries(at) } });
}

function unpin(key) {
  change({ pinned: Object.fromEntries(Object.entries(state.pinned).filter(([each]) => each !== key)) });
}

function updatePicture(before) {
  if (!network) return;
  if (differs(before, 'view')) {
    placing = null;
    setScene();
  }
  const looksDiffer = differs(before, 'chosen', 'size', 'colour', 'pinned');
  if (looksDiffer || shownDiffers(before)) restyle();
  if (differs(before, 'language')) placed = null;
  redraw();
}

function hover(key) {
  over = key;
  picture.classList.toggle('over', Boolean(key));
  network.canvas.body.container.style.cursor = key ? 'pointer' : 'default';
  placed = null;
  forgetImage();
  redraw();
}

/* The part of the stage that neither panel, legend nor time bar covers, as margins in pixels. */
function covered(withPanel = true) {
  const panel = byId('panel');
  const open = withPanel && !panel.hidden;
  const time = byId('time').classList.contains('open') ? byId('time').offsetHeight + 24 : 0;
  const top = state.focus ? 76 : isNarrow() ? 62 : 24;
  if (isNarrow()) return { left: 20, right: 20, top, bottom: open ? panel.offsetHeight + 10 : 64 + time };
  return { left: byId('legend').open ? 280 : 60, right: open ? 440 : 50, top, bottom: Math.max(66, 30 + time) };
}

const motion = () =>
  still.matches ? false : { duration: EASE, easingFunction: 'easeInOutCubic' };

/* Show some things, or all, in the part of the stage that is free. */
function fit(animated = true, wanted = looks.keys(), closest = CLOSEST) {
  const keys = [...wanted].filter((id) => now.nodes.has(id) && nodes.get(id));
  looked = null;
  if (!keys.length) return;
  const at = Object.values(network.getPositions(keys));
  const [xs, ys] = [at.map(({ x }) => x), at.map(({ y }) => y)];
  const [left, right] = [Math.min(...xs) - LARGEST_MARK, Math.max(...xs) + LARGEST_MARK];
  const [top, bottom] = [Math.min(...ys) - LARGEST_MARK, Math.max(...ys) + LARGEST_MARK];
  const margin = Object.fromEntries(Object.entries(covered()).map(([side, pixels]) => [side, pixels + NAMES[side]]));
  const wide = picture.clientWidth - margin.left - margin.right;
  const high = picture.clientHeight - margin.top - margin.bottom;
  const scale = Math.min(closest, Math.max(0.02, Math.min(wide / (right - left), high / (bottom - top))));
  const shift = { x: (margin.right - margin.left) / 2 / scale, y: (margin.bottom - margin.top) / 2 / scale };
  const position = { x: (left + right) / 2 + shift.x, y: (top + bottom) / 2 + shift.y };
  const [wholeWide, wholeHigh] = [picture.clientWidth, picture.clientHeight];
  const [left0, top0] = [position.x * scale - wholeWide / 2, position.y * scale - wholeHigh / 2];
  home = {
    kept: true,
    keys,
    closest,
    scale,
    sides: [left0 + 2, top0 + 2, left0 + wholeWide - 2, top0 + wholeHigh - 2],
    covers: ON_STAGE.map((id) => coverOf(byId(id), left0, top0)),
  };
  network.moveTo({ position, scale, animation: animated ? motion() : false });
}

/* The box of what lies over the stage, in pixels from the origin of the picture. */
function coverOf(element, left0, top0) {
  const [box, stage] = [element, picture].map((each) => each.getBoundingClientRect());
  const [left, top] = [box.left - stage.left + left0, box.top - stage.top + top0];
  return [left, top, left + box.width, top + box.height];
}

/* The view is moved by hand: it is not fitted again by itself. */
function leaveHome() {
  looked = null;
  if (home) home.kept = false;
}

function zoomBy(factor) {
  leaveHome();
  network.moveTo({ scale: network.getScale() * factor, animation: motion() });
}

function panBy(dx, dy) {
  leaveHome();
  const { x, y } = network.getViewPosition();
  const scale = network.getScale();
  network.moveTo({ position: { x: x + dx / scale, y: y + dy / scale }, animation: false });
}

/* Say whether panel, legend or the edge of the stage hides one of some things. */
function isCovered(keys) {
  const margin = covered();
  return keys.filter((id) => now.nodes.has(id) && nodes.get(id)).some((id) => {
    const { x, y } = network.canvasToDOM(network.getPositions([id])[id]);
    return (
      x < margin.left ||
      x > picture.clientWidth - margin.right ||
      y < margin.top ||
      y > picture.clientHeight - margin.bottom
    );
  });
}
