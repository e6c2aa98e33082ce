/* Pointing: which mark or line a pointer means, with room for a finger, and what does the work of dragging without it. */
const REACH = { mark: 14, line: 12, mouse: 5 }; // pixels around a mark, and beside a line, that a finger means; beside a line, a mouse
const FIRST = 8; // so many pixels nearer a line has to be than a mark
const SETTLING = 350; // milliseconds in which a second tap is not for the panel that the first has opened
let placing = null; // the key of the thing that waits for its place
let pinching = false; // whether more than one finger was down since the first
let held = []; // the keys of the things that are dragged
let looked = null; // { position, scale, home }: where one looked before a choice moved the picture

/* The nearest of some, as [key, pixels], within a reach; null where none is. */
function nearest(list, distance, reach) {
  const found = list.map((each) => [each.id, distance(each)]).filter(([, pixels]) => pixels <= reach);
  return found.sort((a, b) => a[1] - b[1])[0] ?? null;
}

/* The mark or line that is meant: what lies under the pointer, else what is near. */
function meant({ nodes: [node], pointer: { canvas }, event }) {
  if (node) return node;
  const isMouse = event.pointerType === 'mouse';
  const [scale, at] = [network.getScale(), network.getPositions()];
  const toMark = ({ id }) => (Math.hypot(at[id].x - canvas.x, at[id].y - canvas.y) - markSize(id)) * scale;
  const toLine = ({ id, from, to }) => {
    const line = network.body.edges[id]?.edgeType;
    return line ? line.getDistanceToEdge(at[from].x, at[from].y, at[to].x, at[to].y, canvas.x, canvas.y) * scale : Infinity;
  };
  const mark = isMouse ? null : nearest(sceneNodes(), toMark, REACH.mark);
  const line = nearest(sceneEdges(), toLine, isMouse ? REACH.mouse : REACH.line);
  return mark && line && line[1] + FIRST < mark[1] ? line[0] : (mark ?? line)?.[0];
}

/* A click or a tap: the place of a thing that waits for it, else a choice, else an end to it. */
function point(given) {
  const isMouse = given.event.pointerType === 'mouse';
  if (!isMouse) picture.focus({ preventScroll: true }); // as a mouse does by itself
  if (placing) {
    const { x, y } = given.pointer.canvas;
    setPlace(placing, [x, y].map(Math.round));
    return;
  }
  const key = meant(given);
  if (!key) {
    clear();
    return;
  }
  if (![...given.nodes, ...given.edges].includes(key)) network.unselectAll();
  choose(key);
  if (!isMouse) settle();
}

/* For a moment the panel takes no taps: the second of two was meant for the picture. */
function settle() {
  byId('panel').classList.add('settling');
  setTimeout(() => byId('panel').classList.remove('settling'), SETTLING);
}

/* Twice on the ground: that place comes to the middle, and nearer. */
function approach(given) {
  if (meant(given)) return;
  leaveHome();
  const { x, y } = given.pointer.canvas;
  network.moveTo({ position: { x, y }, scale: network.getScale() * LARGER ** 2, animation: motion() });
}

/* Ask for a thing's new place; the next click or tap in the picture is it. */
function askPlace(key) {
  placing = key;
  if (isNarrow()) {
    change({ chosen: null }); // there, the panel is over the picture
    lookBack();
  }
  showStatus();
  speak(said('placeSays', { a: shortName(key) }));
  picture.focus({ preventScroll: true });
}

function setPlace(key, at) {
  stopPlacing();
  network.unselectAll();
  change({ pinned: { ...state.pinned, [key]: at } });
  speak(said('placed', { a: shortName(key) }));
}

function stopPlacing() {
  placing = null;
  showStatus();
}

/* Move the thing that is chosen by so many pixels, and pin it there. */
function nudge(dx, dy) {
  const key = standing();
  if (!key || !scene.canPin) return;
  const { x, y } = network.getPositions([key])[key];
  const scale = network.getScale();
  setPlace(key, [x + dx / scale, y + dy / scale].map(Math.round));
}

/* Move the picture so that neither panel nor legend covers what is chosen; when the panel closes, one looks
   again where one did, unless one has moved the picture oneself. */
function uncover(keys) {
  const before = looked ?? { position: network.getViewPosition(), scale: network.getScale(), home };
  fit(true, keys, network.getScale());
  looked = before;
}

function lookBack() {
  if (!looked || !onStage()) return;
  const { position, scale } = looked;
  home = looked.home;
  looked = null;
  network.moveTo({ position, scale, animation: motion() });
}

/* The end of a drag: things stay where they were put, unless a second finger made a pinch of it. */
function drop() {
  const keys = held;
  held = [];
  if (!keys.length) return;
  if (!pinching) {
    if (scene.canPin) pin(keys);
    return;
  }
  for (const key of keys) styled.delete(key);
  restyle();
}

// Before vis-network hears of it: the second finger ends a drag.
picture.addEventListener('pointerdown', ({ isPrimary }) => (pinching = !isPrimary), { capture: true });
// A tap is answered by its own event; the mouse events that browsers make of it would come to what has opened meanwhile.
picture.addEventListener(
  'touchend',
  (event) => {
    if (event.cancelable) event.preventDefault();
    if (pinching && !event.touches.length) drop(); // of such a drag vis-network does not always tell the end
  },
  { passive: false },
);
