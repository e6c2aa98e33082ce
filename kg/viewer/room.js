/* Room: where the things stand on this screen. The places were computed for a wide one; on a screen
   that is higher than wide they are turned, and on a small one moved apart until names fit between. */
const UPRIGHT = 1.15; // how much higher than wide
const ROOMY = 160; // the most things that are moved apart
const SMALLEST_SCALE = 0.74; // at which names have their smallest size: below it, room is made
const ROUNDS = 260;
const FULLEST = 0.6; // the share of the stage that boxes can fill and still be apart
const HIGH_LINE = 13.5; // pixels of a line of a name at that size
const ROOMIEST = 2.2; // how many times wider and higher than the stage the picture of a small screen is at most
const NAMED = 6200; // square pixels of the stage that a thing needs to be named
const NEARER = 4; // how many times nearer than it is a thing with so many ties is taken for
let sizedFor = [0, 0];

/* Where the things of a scene stand: key to [x, y]. */
function placesOf(drawn) {
  const given = new Map(drawn.nodes.map(({ id, x, y }) => [id, data.organisations && drawn === SCENES.organisations ? data.organisations[id] : [x, y]]));
  const places = turned(given);
  const scale = scaleOf(places);
  if (scale >= SMALLEST_SCALE || innerWidth > SMALL || drawn.nodes.length > ROOMY) return places;
  return apart(places);
}

function freeStage() {
  const margin = covered(false);
  return [picture.clientWidth - margin.left - margin.right, picture.clientHeight - margin.top - margin.bottom];
}

/* What a page opens on: all things; on a small screen, where many could not be named, as many as can be
   about the thing with the most ties: what is near it, and from farther off what has many ties itself. */
function firstSeen() {
  const all = sceneNodes().map(({ id }) => id);
  const [wide, high] = freeStage();
  const most = Math.max(12, Math.floor((wide * high) / NAMED));
  if (!isNarrow() || all.length <= most) return all;
  const [x, y] = places.get(state.chosen) ?? places.get(busiest()) ?? [0, 0];
  const off = (key) => Math.max(Math.abs(places.get(key)[0] - x) / wide, Math.abs(places.get(key)[1] - y) / high);
  const far = (key) => off(key) / Math.min(NEARER, Math.max(1, sceneEdgesOf(key).length));
  return all.sort((a, b) => far(a) - far(b) || (a < b ? -1 : 1)).slice(0, most);
}

function scaleOf(places) {
  const reach = (axis) => {
    const all = [...places.values()].map((at) => at[axis]);
    return Math.max(...all) - Math.min(...all);
  };
  const [wide, high] = freeStage();
  return Math.min(wide / (reach(0) + 100), high / (reach(1) + 80));
}

/* On a screen that is higher than wide the picture is turned, and drawn out to its height. */
function turned(given) {
  const { clientWidth: wide, clientHeight: high } = picture;
  const reach = (axis) => Math.max(...[...given.values()].map((at) => Math.abs(at[axis])), 1);
  const taller = Math.min(1.7, Math.max(1, (((high - 150) / (wide - 110)) * reach(1)) / reach(0)));
  if (high < wide * UPRIGHT) return given;
  return new Map([...given].map(([id, [x, y]]) => [id, [y, Math.round(x * taller)]]));
}

/* Spread over the whole stage, or more where names need it, then push apart the boxes of marks with their
   names, and where there is no room for all names at least the marks. */
function apart(given) {
  const [wide, high] = freeStage();
  const keys = [...given.keys()];
  const named = keys.map(boxOf);
  const share = named.reduce((sum, [across, down]) => sum + across * down, 0) / (wide * high);
  const more = Math.min(ROOMIEST, Math.max(1, Math.sqrt(share / FULLEST)));
  const stage = [wide * more, high * more];
  const less = Math.min(1, Math.sqrt(FULLEST / share) * more);
  const marks = keys.map((key) => looks.get(key).size * 2 * SMALLEST_SCALE + 7).map((size) => [size, size]);
  const points = spread(keys.map((key) => given.get(key)), stage);
  pushApart(points, named.map((box, at) => box.map((size, axis) => Math.max(size * less, marks[at][axis]))), stage);
  pushApart(points, marks, stage);
  return new Map(keys.map((key, at) => [key, points[at].map((value) => Math.round(value / SMALLEST_SCALE))]));
}

/* Push boxes apart, each time along the shorter way, and keep them within the stage. */
function pushApart(points, boxes, stage) {
  for (let round = 0, moved = true; moved && round < ROUNDS; round += 1) {
    moved = false;
    for (let one = 0; one < points.length; one += 1)
      for (let other = one + 1; other < points.length; other += 1)
        moved = pushed(points[one], points[other], boxes[one], boxes[other]) || moved;
    points.forEach((point, at) => {
      for (const axis of [0, 1]) {
        const most = Math.max(0, (stage[axis] - boxes[at][axis]) / 2);
        point[axis] = Math.min(Math.max(point[axis], -most), most);
      }
    });
  }
}

/* The width and height in pixels of a mark with its name in three lines below it. */
function boxOf(key) {
  const lines = linesOf(nameOf(key), LINES[0]);
  const font = `500 ${NAME_SIZES[0]}px ${css('--sans')}`;
  const mark = looks.get(key).size * 2 * SMALLEST_SCALE;
  return [Math.max(mark, ...lines.map((line) => widthOf(line, font))) + 8, mark + lines.length * HIGH_LINE + 8];
}

function spread(points, [wide, high]) {
  const fitted = [0, 1].map((axis) => {
    const all = points.map((point) => point[axis]);
    const [least, most] = [Math.min(...all), Math.max(...all)];
    const room = [wide, high][axis];
    return all.map((value) => ((value - least) / (most - least || 1) - 0.5) * room);
  });
  return points.map((_, at) => [fitted[0][at], fitted[1][at]]);
}

function pushed(a, b, [wideA, highA], [wideB, highB]) {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const [overX, overY] = [(wideA + wideB) / 2 - Math.abs(dx), (highA + highB) / 2 - Math.abs(dy)];
  if (overX <= 0 || overY <= 0) return false;
  const axis = overX < overY ? 0 : 1;
  const push = (Math.min(overX, overY) / 2 + 0.5) * ((axis ? dy : dx) < 0 ? -1 : 1);
  a[axis] -= push;
  b[axis] += push;
  return true;
}
