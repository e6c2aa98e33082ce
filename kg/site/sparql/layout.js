/* Layout: places for the nodes of a small network, the same each time: ties pull, nodes push. */

const STEPS = 260;
const APART = 100;
const WIDE = 150; // a name's width and height
const HIGH = 34;

/** Give each node its [x, y]; pairs are the numbers of nodes that are tied. */
export function layout(count, pairs) {
  // A sunflower's seeds: no two at one place, and no chance in it.
  const places = Array.from({ length: count }, (_, at) => {
    const distance = APART * Math.sqrt(at + 0.5);
    return [distance * Math.cos(2.399963 * at), distance * Math.sin(2.399963 * at)];
  });
  for (let step = 0; step < STEPS; step++) move(places, pairs, (APART * 0.9 * (STEPS - step)) / STEPS);
  for (let step = 0; step < STEPS && spread(places); step++);
  return places.map(([x, y]) => [Math.round(x), Math.round(y)]);
}

/** Put apart, upwards and downwards, what stands where the other's name is written; say whether any did. */
function spread(places) {
  let moved = false;
  for (let one = 0; one < places.length; one++) {
    for (let other = 0; other < one; other++) {
      const lacks = HIGH - Math.abs(places[one][1] - places[other][1]);
      if (lacks <= 0.5 || Math.abs(places[one][0] - places[other][0]) >= WIDE) continue;
      const sign = places[one][1] < places[other][1] ? -1 : 1;
      places[one][1] += (sign * lacks) / 2;
      places[other][1] -= (sign * lacks) / 2;
      moved = true;
    }
  }
  return moved;
}

function move(places, pairs, most) {
  const forces = places.map(([x, y]) => [-0.02 * x, -0.035 * y]);
  for (let one = 0; one < places.length; one++) {
    for (let other = 0; other < one; other++) {
      const x = places[one][0] - places[other][0];
      const y = places[one][1] - places[other][1];
      const square = Math.max(x * x + y * y, 1);
      const push = (APART * APART * 1.6) / square;
      forces[one][0] += x * push * 0.1;
      forces[one][1] += y * push * 0.1;
      forces[other][0] -= x * push * 0.1;
      forces[other][1] -= y * push * 0.1;
    }
  }
  for (const [from, to] of pairs) {
    const x = places[to][0] - places[from][0];
    const y = places[to][1] - places[from][1];
    const pull = Math.sqrt(x * x + y * y) / APART;
    forces[from][0] += x * pull * 0.06;
    forces[from][1] += y * pull * 0.06;
    forces[to][0] -= x * pull * 0.06;
    forces[to][1] -= y * pull * 0.06;
  }
  places.forEach((place, at) => {
    const long = Math.hypot(...forces[at]) || 1;
    const scale = Math.min(long, most) / long;
    place[0] += forces[at][0] * scale;
    place[1] += forces[at][1] * scale;
  });
}
