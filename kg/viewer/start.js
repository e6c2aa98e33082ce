/* The start: the parts draw for the first time, in the state that the page was made for. */
if (innerWidth <= SMALL) byId('legend').open = false;
parts.push({ name: 'picture', update: updatePicture });
search();
change(location.hash.length > 1 ? fromFragment(location.hash) : restored(data.state));
if (state.time.mode !== 'all') {
  byId('time').classList.add('open');
  showTime();
}
drawPicture();
if (state.focus) fit(false, now.nodes);
if (state.chain) fitChain();

dark.addEventListener('change', () => {
  restyle();
  showLegend();
  showPanel(false);
  showView();
  redraw();
});

/* For tests and for the curious: what is drawn, and why; `change` is what every control calls. */
window.kgView = Object.freeze({
  network,
  change,
  choose,
  state: () => copy(state),
  differing,
  shown: () => ({
    nodes: [...now.nodes],
    edges: Object.fromEntries(now.edges),
    hidden: { ...now.hidden },
    ties: { ...now.ties },
  }),
  chains: () => copy(chainsNow()),
  labels: () => (placed?.labels ?? []).map(({ id, lines, box }) => ({ id, text: lines.join(' '), box })),
  words: () => copy(WORDS),
  pairs: () => copy([...pairsNow().values()]),
  turtle: data.triples?.terms ? () => turtleOf() : null,
});
