/* The picture: vis-network draws the marks and lines that pyvis made, as the state has them. */
const CLOSEST = 2.6; // the largest scale when all of a small network is shown
const NEAR = 1.15; // the largest scale when it is led to a thing
const FAINT = 0.13; // what is not near the thing chosen
const EASE = 420; // milliseconds
const LARGER = 1.35; // what one step of zooming multiplies the scale by

const picture = byId('picture');
const nodes = new vis.DataSet();
const edges = new vis.DataSet();
let network = null;
let over = null; // the key of the thing or tie under the pointer
let places = new Map(); // where the things stand unless they are pinned

const redraw = () => network?.redraw();
const chainKeys = () => {
  const list = chainsNow()?.list ?? [];
  return list[state.chain?.at % list.length] ?? [];
};

/* What stands near the thing, tie or chain that is looked at; null where none is. */
function nearby() {
  if (state.chosen) return around(state.chosen);
  if (state.chain && chainKeys().length) return new Set(chainKeys());
  return null;
}

/* The ties that are lit up: of the thing that is chosen, or of the chain. */
function litTies() {
  if (walked) return new Set([walked]);
  if (state.chosen) {
    if (drawnEdges.has(state.chosen)) return new Set([state.chosen]);
    return new Set(edgesOf(state.chosen).map(({ id }) => id));
  }
  const keys = chainKeys();
  const passes = (edge) => now.edges.has(edge.id);
  return new Set(keys.slice(1).flatMap((key, at) => tiesBetween(keys[at], key, passes).map(({ id }) => id)));
}

function nodeStyle(node, near) {
  const [background, border] = markColours(node.id);
  const isChosen = node.id === state.chosen;
  const color = { background, border: isChosen ? css('--ink') : border };
  const { label, legend, look, ...drawn } = node; // the names are placed by this script
  const [x, y] = state.pinned[node.id] ?? places.get(node.id);
  return {
    ...drawn,
    x,
    y,
    size: markSize(node.id),
    hidden: !now.nodes.has(node.id),
    opacity: near && !near.has(node.id) ? FAINT : 1,
    borderWidth: isChosen || node.id === state.focus?.key ? 3 : 1.5,
    color: { ...color, highlight: color, hover: { background, border: css('--ink') } },
  };
}

/* A line: how it stands in time shows in its strength and in a bar across it. */
function edgeStyle(edge, near, lit) {
  const { label, ...drawn } = edge;
  const held = now.edges.get(edge.id);
  const asOf = state.time.mode === 'as-of';
  const isLit = lit.has(edge.id);
  const changes = ['began', 'ended', 'both'].includes(held);
  const colour = isLit ? '--accent' : changes || (asOf && held === 'certainly') ? '--strong' : '--firm';
  const wider = (edge.id === state.chosen || edge.id === walked ? 1.6 : 0) + (changes ? 1.4 : 0);
  const bar = { enabled: true, type: 'bar', scaleFactor: 0.9 };
  return {
    ...drawn,
    hidden: !now.edges.has(edge.id),
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
  nodes.update(data.nodes.map((node) => nodeStyle(node, near)));
  edges.update(data.edges.map((edge) => edgeStyle(edge, near, lit)));
  placed = null;
}

/* On a screen that is higher than wide the picture is turned, and drawn out to its height. */
function turned() {
  const { clientWidth: wide, clientHeight: high } = picture;
  const reach = (axis) => Math.max(...data.nodes.map((node) => Math.abs(node[axis])), 1);
  const taller = Math.min(1.7, Math.max(1, (((high - 150) / (wide - 110)) * reach('y')) / reach('x')));
  const upright = high >= wide * 1.15;
  return new Map(
    data.nodes.map(({ id, x, y }) => [id, upright ? [y, Math.round(x * taller)] : [x, y]]),
  );
}

function drawPicture() {
  places = turned();
  restyle();
  network = new vis.Network(picture, { nodes, edges }, { ...data.options, autoResize: true });
  network.canvas.frame.removeAttribute('tabindex'); // the picture itself has the focus and the keys
  network.on('afterDrawing', drawLabels);
  network.on('click', ({ nodes: [node], edges: [edge] }) => (node || edge ? choose(node || edge) : clear()));
  network.on('hoverNode', ({ node }) => hover(node));
  network.on('hoverEdge', ({ edge }) => hover(edge));
  for (const event of ['blurNode', 'blurEdge']) network.on(event, () => hover(null));
  network.on('dragging', ({ nodes: moved }) => {
    if (moved.length) placed = null;
  });
  network.on('dragEnd', ({ nodes: moved }) => pin(moved));
  addEventListener('resize', () => {
    placed = null;
    home = null;
  });
  fit(false);
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
  redraw();
}

/* The part of the stage that neither panel, legend nor time bar covers, as margins in pixels. */
function covered() {
  const panel = byId('panel');
  const open = !panel.hidden;
  const time = byId('time').classList.contains('open') ? byId('time').offsetHeight + 24 : 0;
  const top = state.focus ? 76 : 24;
  if (isNarrow()) return { left: 44, right: 44, top, bottom: open ? panel.offsetHeight + 10 : 64 + time };
  return { left: byId('legend').open ? 280 : 60, right: open ? 440 : 50, top, bottom: Math.max(66, 30 + time) };
}

const motion = () =>
  still.matches ? false : { duration: EASE, easingFunction: 'easeInOutCubic' };

/* Show some things, or all, in the part of the stage that is free. */
function fit(animated = true, wanted = looks.keys(), closest = CLOSEST) {
  const keys = [...wanted].filter((id) => now.nodes.has(id));
  if (!keys.length) return;
  const at = Object.values(network.getPositions(keys));
  const [xs, ys] = [at.map(({ x }) => x), at.map(({ y }) => y)];
  const [left, right] = [Math.min(...xs) - 50, Math.max(...xs) + 50];
  const [top, bottom] = [Math.min(...ys) - 30, Math.max(...ys) + 50];
  const margin = covered();
  const wide = picture.clientWidth - margin.left - margin.right;
  const high = picture.clientHeight - margin.top - margin.bottom;
  const scale = Math.min(closest, Math.max(0.02, Math.min(wide / (right - left), high / (bottom - top))));
  const shift = { x: (margin.right - margin.left) / 2 / scale, y: (margin.bottom - margin.top) / 2 / scale };
  const position = { x: (left + right) / 2 + shift.x, y: (top + bottom) / 2 + shift.y };
  home = {
    scale,
    left: position.x * scale - picture.clientWidth / 2,
    right: position.x * scale + picture.clientWidth / 2,
  };
  network.moveTo({ position, scale, animation: animated ? motion() : false });
}

const zoomBy = (factor) => network.moveTo({ scale: network.getScale() * factor, animation: motion() });

function panBy(dx, dy) {
  const { x, y } = network.getViewPosition();
  const scale = network.getScale();
  network.moveTo({ position: { x: x + dx / scale, y: y + dy / scale }, animation: false });
}

/* Say whether panel, legend or the edge of the stage hides one of some things. */
function isCovered(keys) {
  const margin = covered();
  return keys.filter((id) => now.nodes.has(id)).some((id) => {
    const { x, y } = network.canvasToDOM(network.getPositions([id])[id]);
    return (
      x < margin.left ||
      x > picture.clientWidth - margin.right ||
      y < margin.top ||
      y > picture.clientHeight - margin.bottom
    );
  });
}
