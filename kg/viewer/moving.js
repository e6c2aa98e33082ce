/* Moving: while a large picture is moved, one image of its marks and lines is moved in their place, and
   once it rests they are drawn sharp. Drawing them all takes longer than a frame. */
const MANY = 400; // so many marks and lines are drawn within a frame
const BEYOND = 0.5; // of the stage that the image reaches beyond each of its sides
const LARGEST_LAYER = 12e6; // dots of an image
const STRETCHED = 2; // how many times larger or smaller the image is drawn while zooming goes on
const REST = 150; // milliseconds after moving until all is drawn sharp

let stoodAt = ''; // where the view stood when it was last drawn
let moved = null; // { canvas, scale, box }: the image, and what part of the picture it has
let sharpening = 0;

const forgetImage = () => {
  moved = null;
};

/* The part of the picture that the stage shows, and so much of it around. */
function shownPart(beyond) {
  const { x, y } = network.getViewPosition();
  const [wide, high] = [picture.clientWidth, picture.clientHeight].map((side) => (side / network.getScale()) * (0.5 + beyond));
  return [x - wide, y - high, x + wide, y + high];
}

const meet = (a, b) => [Math.max(a[0], b[0]), Math.max(a[1], b[1]), Math.min(a[2], b[2]), Math.min(a[3], b[3])];

/* The part of the picture that has marks or lines at all. */
function drawnPart() {
  const at = Object.values(network.getPositions());
  const around = 4 * LARGEST_MARK; // bends and loops go beyond the marks
  const [xs, ys] = [at.map(({ x }) => x), at.map(({ y }) => y)];
  return [Math.min(...xs) - around, Math.min(...ys) - around, Math.max(...xs) + around, Math.max(...ys) + around];
}

function takeImage() {
  const scale = network.getScale();
  const whole = drawnPart();
  const box = meet(shownPart(BEYOND), whole);
  const [wide, high] = [(box[2] - box[0]) * scale, (box[3] - box[1]) * scale];
  if (!(wide > 0 && high > 0)) return { whole, box: whole, scale, canvas: null };
  const dots = Math.min(devicePixelRatio || 1, Math.sqrt(LARGEST_LAYER / (wide * high)));
  const canvas = make('canvas', { width: Math.ceil(wide * dots), height: Math.ceil(high * dots) });
  const context = canvas.getContext('2d');
  context.scale(dots * scale, dots * scale);
  context.translate(-box[0], -box[1]);
  const { renderer } = network;
  renderer._drawEdges(context);
  const { drawExternalLabels } = renderer._drawNodes(context, true);
  renderer._drawArrows(context);
  drawExternalLabels();
  return { whole, box, scale, canvas };
}

/* Whether the image has all that the stage shows, and not too coarsely. */
function isEnough({ whole, box, scale }) {
  const wanted = meet(shownPart(0), whole);
  const times = network.getScale() / scale;
  const inside = wanted.every((side, at) => (at < 2 ? side >= box[at] - 1 : side <= box[at] + 1));
  return times <= STRETCHED && times >= 1 / STRETCHED && (inside || wanted[0] >= wanted[2] || wanted[1] >= wanted[3]);
}

/* Before the picture is drawn: while it moves, the image takes the place of marks and lines. */
function drawMoved(context) {
  const { x, y } = network.getViewPosition();
  const here = `${x} ${y} ${network.getScale()} ${picture.clientWidth} ${picture.clientHeight}`;
  const moves = stoodAt !== '' && stoodAt !== here && data.nodes.length + data.edges.length > MANY;
  stoodAt = here;
  if (!moves) return;
  if (!moved || !isEnough(moved)) moved = takeImage();
  const [left, top, right, bottom] = moved.box;
  if (moved.canvas) context.drawImage(moved.canvas, left, top, right - left, bottom - top);
  const { renderer } = network;
  const { dragging, options } = renderer;
  // vis-network leaves out what is hidden while something is dragged: so it is told, for this once.
  Object.assign(renderer, { dragging: true, options: { ...options, hideEdgesOnDrag: true, hideNodesOnDrag: true } });
  network.once('afterDrawing', () => Object.assign(renderer, { dragging, options }));
  sharpenSoon();
}

function sharpenSoon() {
  clearTimeout(sharpening);
  sharpening = setTimeout(redraw, REST);
}
