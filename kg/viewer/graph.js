/* The graph: the page's data, which never change, and what can be found out of them. */
const data = JSON.parse(document.getElementById('data').textContent);
const looks = new Map(data.nodes.map((node) => [node.id, node]));
const drawnEdges = new Map(data.edges.map((edge) => [edge.id, edge]));
const edgesAt = new Map(data.nodes.map(({ id }) => [id, []]));
for (const edge of data.edges) {
  edgesAt.get(edge.from).push(edge);
  if (edge.to !== edge.from) edgesAt.get(edge.to).push(edge);
}

const nameOf = (key) => textOf(data.things[key]?.label) || key;
const shortName = (key, longest = 44) => short(plain(nameOf(key)), longest);

const edgesOf = (key) => edgesAt.get(key) ?? [];
const otherEnd = (edge, key) => (edge.from === key ? edge.to : edge.from);
const touches = (edge, key) => key && (edge.id === key || edge.from === key || edge.to === key);
const sourcesOf = (key) => [...new Set(data.ties[key].citations.map(({ source }) => source))];

/* The things of a tie, or a thing and its neighbours. */
function around(key) {
  const edge = drawnEdges.get(key);
  if (edge) return new Set([edge.from, edge.to]);
  return new Set([key, ...edgesOf(key).map((each) => otherEnd(each, key))]);
}

/* The number of ties to each thing from one, along edges that pass, as far as is asked. */
function steps(key, passes = () => true, most = Infinity) {
  const found = new Map([[key, 0]]);
  let front = [key];
  for (let step = 1; front.length && step <= most; step += 1) {
    const next = [];
    for (const each of front)
      for (const edge of edgesOf(each)) {
        const other = otherEnd(edge, each);
        if (!passes(edge) || found.has(other)) continue;
        found.set(other, step);
        next.push(other);
      }
    front = next;
  }
  return found;
}

const MOST_CHAINS = 100; // so many are listed; all are counted

/* All shortest chains between two things: how long, how many, and the first of them in the order of keys. */
function chains(from, to, passes = () => true) {
  const far = steps(from, passes);
  const length = far.get(to);
  if (length === undefined) return { length: 0, count: 0, list: [] };
  const before = (key) =>
    [...new Set(edgesOf(key).filter(passes).map((edge) => otherEnd(edge, key)))]
      .filter((other) => far.get(other) === far.get(key) - 1)
      .sort();
  const ways = new Map([[from, 1]]);
  const waysTo = (key) => {
    if (!ways.has(key)) ways.set(key, before(key).reduce((sum, other) => sum + waysTo(other), 0));
    return ways.get(key);
  };
  const list = [];
  const walk = (key, rest) => {
    if (list.length >= MOST_CHAINS) return;
    if (key === from) list.push([from, ...rest]);
    else for (const other of before(key)) walk(other, [key, ...rest]);
  };
  walk(to, []);
  return { length, count: waysTo(to), list };
}

/* The ties between neighbours of a chain. */
const tiesBetween = (a, b, passes = () => true) =>
  edgesOf(a).filter((edge) => otherEnd(edge, a) === b && passes(edge));

function kindOf(key) {
  const thing = data.things[key];
  // Only initiatives have types that say more than their kind.
  const kinds = [...(thing.kind === 'initiative' ? thing.types : []), thing.classification].map(textOf);
  return [...new Set([word(thing.kind), ...kinds])].filter(Boolean).join(' · ');
}
