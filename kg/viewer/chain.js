/* Chains: the shortest ways from one thing to another along ties that are shown; one is drawn. */
function setChain(from, to) {
  if (from === to) return;
  reveal([from, to].filter((key) => !now.nodes.has(key)));
  trail.length = 0;
  change({ chain: { from, to, at: 0 }, chosen: null });
  byId('panel-title').focus({ preventScroll: true });
  fitChain();
}

function fitChain() {
  if (onStage() && chainKeys().length) fit(true, chainKeys(), NEAR);
}

/* Go to the next or the previous chain. */
function turnChain(by) {
  const { length } = chainsNow().list;
  change({ chain: { ...state.chain, at: (state.chain.at + by + length) % length } });
  speak(`${chainCount(chainsNow())}: ${chainKeys().map((key) => shortName(key)).join(', ')}`);
  fitChain();
}

function chainCount({ count, length, list }) {
  const which = count === 1 ? word('chainOnly') : said('chainOf', { i: (state.chain.at % (list.length || 1)) + 1, n: count });
  return `${which}, ${counted('chainLong', length)}`;
}

/* A step of the chain: the ties between two things, with roles, years and sources. */
function chainStep(a, b) {
  const items = tiesBetween(a, b, (edge) => now.edges.has(edge.id)).map(({ id, from }) => {
    const tie = data.ties[id];
    const way = make('span', { class: 'arrow', 'aria-hidden': 'true' }, from === a ? '↓' : '↑');
    return make('li', {}, row(way, roleOf(id), whenOf(tie), heldMark(id)), via(tie), support(tie));
  });
  return make('ul', { class: 'step' }, items);
}

function chainPanel() {
  const found = chainsNow();
  const keys = chainKeys();
  const { from, to } = state.chain;
  const title = make(
    'h2',
    { tabindex: -1, id: 'panel-title' },
    isolated(said('chainFrom', { a: shortName(from), b: shortName(to) })),
  );
  const turns = found.list.length > 1 && [
    press({ class: 'act', 'data-hold': 'previous' }, () => turnChain(-1), word('previous')),
    press({ class: 'act', 'data-hold': 'next' }, () => turnChain(1), word('next')),
  ];
  const cut = found.count > found.list.length && make('p', { class: 'note' }, said('firstChains', { n: found.list.length }));
  const stops = keys.flatMap((key, at) => [
    at > 0 && chainStep(keys[at - 1], key),
    make('p', { class: 'stop' }, icon(looks.get(key).look, 14), go(key)),
  ]);
  return {
    kicker: [found.count ? chainCount(found) : word('noChain')],
    parts: [title, turns && make('div', { class: 'actions' }, turns), cut, make('div', { class: 'chain' }, stops)],
  };
}
