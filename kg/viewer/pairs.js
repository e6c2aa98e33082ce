/* Pairs: two organisations that take part in the same initiative, out of the ties that are shown. */
const ACTORS = ['organisation', 'unit'];

/* The parts that actors have in initiatives: by initiative, the ties. */
const partsIn = new Map();
for (const { id, from } of data.edges) {
  const { type, organisation = '' } = data.ties[id];
  if (type !== 'membership' || !organisation.startsWith('initiative:')) continue;
  if (!ACTORS.includes(data.things[from].kind)) continue;
  partsIn.set(organisation, [...(partsIn.get(organisation) ?? []), { id, from }]);
}

/* The time that two facts share: 'never' where their bounds leave none, else what is certain of it. */
function overlapOf(one, other) {
  const [a, b] = [boundsOf(one), boundsOf(other)];
  const begin = [a.earliestStart, b.earliestStart].sort().pop();
  const end = [a.latestEnd, b.latestEnd].filter(Boolean).sort()[0];
  if (begin && end && begin > end) return 'never';
  const late = a.latestStart && b.latestStart && [a.latestStart, b.latestStart].sort().pop();
  const early = a.earliestEnd && b.earliestEnd && [a.earliestEnd, b.earliestEnd].sort()[0];
  return late && early && late <= early ? 'certainly' : 'possibly';
}

/* Pairs by their key: both ends, and for each two ties in one initiative which they are. */
function pairsOf(passes) {
  const found = new Map();
  for (const [initiative, all] of [...partsIn].sort()) {
    const parts = all.filter(({ id }) => passes(id)).sort((a, b) => (a.from < b.from || (a.from === b.from && a.id < b.id) ? -1 : 1));
    parts.forEach((one, at) => {
      for (const other of parts.slice(at + 1)) {
        if (one.from === other.from) continue;
        const id = `${one.from} ${other.from}`;
        if (!found.has(id)) found.set(id, { id, from: one.from, to: other.from, shared: [] });
        found.get(id).shared.push({ initiative, one: one.id, other: other.id });
      }
    });
  }
  for (const pair of found.values()) {
    pair.initiatives = [...new Set(pair.shared.map(({ initiative }) => initiative))];
    pair.width = Math.min(4.4, 1.1 + 0.55 * (pair.initiatives.length - 1));
    pair.dashes = pair.shared.every(({ one, other }) => overlapOf(data.ties[one], data.ties[other]) === 'never') && [2, 4];
    pair.arrows = {};
  }
  return found;
}

const allPairs = pairsOf(() => true);
const actors = data.nodes.filter(({ id }) => id in (data.organisations ?? {}));
const pairsAt = new Map(allPairs.size ? [...actors.map(({ id }) => [id, []])] : []);
for (const pair of allPairs.values())
  for (const end of [pair.from, pair.to]) pairsAt.set(end, [...(pairsAt.get(end) ?? []), pair]);

/* The pairs of what is shown now, with how they stand in time: certain where both ties are. */
const pairsNow = (() => {
  let [of, found] = [null, null];
  return () => {
    if (of === now) return found;
    found = pairsOf((id) => now.edges.has(id));
    for (const pair of found.values()) {
      const sure = pair.shared.some(({ one, other }) => [one, other].every((id) => now.edges.get(id) === 'certainly'));
      pair.held = state.time.mode !== 'as-of' || sure ? 'certainly' : 'possibly';
    }
    of = now;
    return found;
  };
})();

const isPair = (key) => allPairs.has(key);
const pairText = ({ initiatives }) =>
  initiatives.length === 1 ? nameOf(initiatives[0]) : counted('initiativesOf', initiatives.length);

/* The panel of a pair: each initiative that both take part in, with both roles, years and sources. */
function pairPanel(key) {
  const pair = pairsNow().get(key) ?? allPairs.get(key);
  const part = (id) => {
    const tie = data.ties[id];
    return make(
      'div',
      { class: 'part' },
      row(go(drawnEdges.get(id).from), soft(roleOf(id)), whenOf(tie) || soft(word('undated')), heldMark(id)),
      via(tie),
      support(tie),
    );
  };
  const items = pair.initiatives.map((initiative) => {
    const shared = pair.shared.filter((each) => each.initiative === initiative);
    const never = shared.every(({ one, other }) => overlapOf(data.ties[one], data.ties[other]) === 'never');
    const mark = never && make('span', { class: 'mark' }, word('neverBoth'));
    const ties = [...new Set([...shared.map(({ one }) => one), ...shared.map(({ other }) => other)])];
    return make('li', {}, make('p', { class: 'stop' }, icon(looks.get(initiative)?.look ?? 'initiative', 13), go(initiative), mark), ties.map(part));
  });
  return [
    make('h2', { tabindex: -1, id: 'panel-title' }, isolated(counted('sharedIn', pair.initiatives.length))),
    make('div', { class: 'ends' }, go(pair.from), make('span', { class: 'arrow', 'aria-hidden': 'true' }, '↕'), go(pair.to)),
    section('sharedList', items),
  ];
}
