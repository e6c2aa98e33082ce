/* What is shown: a pure function of the data and the state, which counts what it leaves out, and why. */

/* The filters of things and ties: what a thing or a tie has of each. */
const kindOff = (at, key) => at.off.kind.includes(looks.get(key).legend);
const initiativeOff = (at, key) => at.off.initiative.includes(key);
const roleOff = (at, key) => at.off.role.includes(data.ties[key].role);
function sourceOff(at, key) {
  const sources = at.off.source.length ? sourcesOf(key) : [];
  return sources.length > 0 && sources.every((each) => at.off.source.includes(each));
}

/* How a tie stands in the time that is asked for; '' where it is known not to have held. */
function inTime(key, { mode, at, from, to }) {
  if (mode === 'as-of') return holds(key, at);
  if (mode !== 'between') return 'certainly';
  return isOutside(key, from, to) ? '' : changed(key, from, to) || 'lasted';
}

/* Say why a thing is not shown by itself, or nothing. */
function thingOff(at, key) {
  if (at.put.includes(key)) return 'hand';
  if (at.expanded.includes(key)) return '';
  if (kindOff(at, key)) return 'kind';
  if (initiativeOff(at, key)) return 'initiative';
  const { mode, at: moment, from, to } = at.time;
  if (mode === 'as-of' && excluded(data.things[key], daysOf(moment))) return 'time';
  if (mode === 'between' && excluded(data.things[key], [daysOf(from)[0], daysOf(to)[1]])) return 'time';
  return '';
}

/* Say why a tie between things that are shown is not, or how it stands in time. */
function tieOff(at, key) {
  if (roleOff(at, key)) return { off: 'role' };
  if (sourceOff(at, key)) return { off: 'source' };
  const held = inTime(key, at.time);
  return held ? { held } : { off: 'time' };
}

/* What is shown of the network in a state.

   nodes: the keys of the things; edges: of the ties, each with how it stands in time; off: why each
   other thing or tie is not there; hidden: how many things there are of each reason; ties: likewise. */
function shown(at) {
  const off = new Map();
  const held = new Map();
  for (const { id } of data.nodes) if (thingOff(at, id)) off.set(id, thingOff(at, id));
  const passing = new Set();
  for (const { id, from, to } of data.edges) {
    const why = tieOff(at, id);
    if (why.off) off.set(id, why.off);
    else {
      held.set(id, why.held);
      if (off.get(from) !== 'initiative' && off.get(to) !== 'initiative') passing.add(from).add(to);
      if (off.has(from) || off.has(to)) off.set(id, off.get(from) ?? off.get(to));
    }
  }
  // A thing is in the network by its ties: where filters leave it none, it goes too.
  for (const { id } of data.nodes)
    if (!off.has(id) && !passing.has(id) && edgesOf(id).length && !at.expanded.includes(id))
      off.set(id, edgesOf(id).some((edge) => off.get(edge.id) === 'time') ? 'time' : 'alone');
  if (at.focus) narrow(at, off);
  const nodes = new Set(data.nodes.map(({ id }) => id).filter((id) => !off.has(id)));
  const edges = new Map(data.edges.map(({ id }) => [id, held.get(id)]).filter(([id]) => !off.has(id)));
  const left = data.edges.filter(({ id }) => off.has(id)).map(({ id }) => off.get(id));
  return { nodes, edges, off, hidden: tally(data.nodes.map(({ id }) => off.get(id))), ties: tally(left) };
}

/* Leave out what is farther from the middle than the focus reaches. */
function narrow(at, off) {
  const { key, hops } = at.focus;
  const near = steps(key, (edge) => !off.has(edge.id), hops);
  for (const { id } of data.nodes)
    if (!near.has(id) && !off.has(id) && !at.expanded.includes(id)) off.set(id, 'focus');
  for (const { id, from, to } of data.edges)
    if (!off.has(id) && (off.has(from) || off.has(to))) off.set(id, off.get(from) ?? off.get(to));
}

function tally(reasons) {
  const counts = {};
  for (const reason of reasons) if (reason) counts[reason] = (counts[reason] ?? 0) + 1;
  return counts;
}

const isShown = (key) => now.nodes.has(key) || now.edges.has(key) || pairsNow().has(key);
const shownEdgesOf = (key) => edgesOf(key).filter(({ id }) => now.edges.has(id));
const hiddenNeighbours = (key) => [...around(key)].filter((other) => other !== key && !now.nodes.has(other));
/* The chains of the state between two things, along ties that are shown. */
const chainsNow = () =>
  state.chain && chains(state.chain.from, state.chain.to, (edge) => now.edges.has(edge.id));
