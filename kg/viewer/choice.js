/* Choosing: a thing or a tie comes into the panel; what can be done with a thing. */
const FARTHEST = 4; // the most ties that a focus reaches

function choose(key, { back = false, move = false, quiet = false } = {}) {
  if (!isKnown(key)) return;
  if (!back && state.chosen && state.chosen !== key) trail.push(state.chosen);
  if (!byId('panel').contains(document.activeElement)) opener = openedFrom(document.activeElement);
  walked = null;
  change({ chosen: key });
  if (!quiet) byId('panel-title').focus({ preventScroll: true });
  byId('panel').scrollIntoView({ block: 'nearest' }); // where the page is higher than the screen
  if (!network || !onStage()) return;
  if (move) fit(true, sceneAround(key), NEAR);
  else if (isCovered([...sceneAround(key)])) uncover(sceneAround(key));
}

/* What the focus goes back to: what had it, or what stands in its place where that was drawn anew. */
function openedFrom(element) {
  const { hold } = element.dataset;
  const again = () => hold && [...document.querySelectorAll('[data-hold]')].find((each) => each.dataset.hold === hold);
  return () => (element.isConnected ? element : again());
}

function stepBack() {
  const key = trail.pop();
  if (key) choose(key, { back: true, move: true });
}

/* Close what is open: the thing, then the chain behind it. */
function clear() {
  if (!state.chosen && !state.chain) return;
  trail.length = 0;
  walked = null;
  change(state.chosen ? { chosen: null } : { chain: null });
  if (state.chain) byId('panel-title').focus({ preventScroll: true });
  else (opener?.() ?? byId('search')).focus({ preventScroll: true });
  if (state.chain) return;
  opener = null;
  lookBack();
}

/* Show things in spite of what hides them. */
function reveal(keys) {
  change({
    put: state.put.filter((key) => !keys.includes(key)),
    expanded: [...new Set([...state.expanded, ...keys])],
  });
}

function hide(key) {
  trail.length = 0;
  change({ put: [...state.put, key], expanded: state.expanded.filter((each) => each !== key), chosen: null });
  speak(said('hiddenThings', { n: shortName(key) }));
  picture.focus({ preventScroll: true });
  lookBack();
}

function setFocus(key, hops) {
  change({ focus: { key, hops } });
  if (onStage()) fit(true, now.nodes);
}

/* Show everything again: no filter, no focus, nothing hidden by hand, all times. */
function revealAll() {
  change({ off: START.off, focus: null, put: [], expanded: [], time: { ...state.time, mode: 'all' } });
  fit();
}

/* What can be done with a thing: a focus of so many ties, a chain, hide, expand, let go. */
function actions(key) {
  const isHidden = !now.nodes.has(key);
  const hops = Array.from({ length: FARTHEST }, (_, at) => at + 1).map((number) => {
    const isOn = state.focus?.key === key && state.focus.hops === number;
    const name = counted('focusOn', number);
    const attributes = { 'aria-pressed': `${isOn}`, 'aria-label': name, title: name, 'data-hold': `hops ${number}` };
    return press(attributes, () => (isOn ? change({ focus: null }) : setFocus(key, number)), `${number}`);
  });
  const lost = hiddenNeighbours(key);
  const stands = network && onStage() && scene.canPin;
  const act = (name, run, text = word(name)) => press({ class: 'act', 'data-hold': name }, run, text);
  return make(
    'div',
    { class: 'actions', role: 'group', 'aria-label': word('actions') },
    make('span', { class: 'hops', role: 'group', 'aria-label': word('focus') }, make('span', { 'aria-hidden': 'true' }, word('focus')), hops),
    act('chain', () => ask(said('chainTo', { a: shortName(key) }), (other) => setChain(key, other))),
    isHidden ? act('unhide', () => reveal([key])) : act('hide', () => hide(key)),
    lost.length > 0 && act('expand', () => reveal(lost), counted('expand', lost.length)),
    key in state.pinned ? act('unpin', () => unpin(key)) : stands && act('pin', () => pin([key])),
    stands && !isHidden && act('place', () => askPlace(key)),
  );
}
