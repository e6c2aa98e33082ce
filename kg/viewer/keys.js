/* The keyboard: with the picture in focus, to move, zoom, and walk from thing to thing along ties, aloud. */
const PAN = 60; // pixels that an arrow key moves the picture,
const STEP = 20; // and with the shift key the thing that is chosen
let walked = null; // the key of the tie that the walk points at

const PICTURE_KEYS = [
  ['← ↑ → ↓', 'keyMove'],
  ['+ − 0', 'keyZoom'],
  ['Home', 'keyStart'],
  ['N P', 'keyTies'],
  ['Enter', 'keyFollow'],
  ['I', 'keyPanel'],
  ['Backspace', 'keyBack'],
  ['Shift ← ↑ → ↓', 'keyPlace'],
  ['H', 'keyHide'],
  ['/', 'keySearch'],
  ['?', 'keyHelp'],
];
const PAGE_KEYS = [
  ['Tab', 'keyTab'],
  ['Esc', 'keyEscape'],
];

const busiest = () =>
  data.nodes
    .filter(({ id }) => now.nodes.has(id) && (scene === SCENES.network || pairsAt.has(id)))
    .sort((a, b) => sceneEdgesOf(b.id).length - sceneEdgesOf(a.id).length)[0]?.id;

function sayThing(key) {
  const ties = sceneEdgesOf(key).length;
  speak(said('sayThing', { name: shortName(key, 120), kind: kindOf(key), ties: `${ties} ${counted('ties', ties)}` }));
}

/* The thing that the walk stands at. */
const standing = () => (isThing(state.chosen) ? state.chosen : null);

/* Come to a thing, with its panel beside the picture, and stay in the picture. */
function walkTo(key, options = {}) {
  if (!key) return;
  choose(key, { quiet: true, move: true, ...options });
  sayThing(key);
}

/* Point at the next tie of the thing, and say it. */
function walkTies(by) {
  const key = standing();
  if (!key) {
    walkTo(busiest());
    return;
  }
  const { compare } = new Intl.Collator(state.language);
  const ties = sceneEdgesOf(key).sort(
    (a, b) => compare(nameOf(otherEnd(a, key)), nameOf(otherEnd(b, key))) || (a.id < b.id ? -1 : 1),
  );
  if (!ties.length) {
    speak(word('sayNoTies'));
    return;
  }
  const at = ties.findIndex(({ id }) => id === walked);
  const next = at < 0 ? (by > 0 ? 0 : ties.length - 1) : (at + by + ties.length) % ties.length;
  walked = ties[next].id;
  restyle();
  redraw();
  const tie = data.ties[walked] ?? {};
  const way = ties[next].from === key ? 'sayOut' : 'sayIn';
  const role = isPair(walked) ? plain(pairText(edgeOf(walked))) : said(way, { role: plain(textOf(tie.label)) });
  const name = shortName(otherEnd(ties[next], key), 120);
  const when = interval(tie) || word('undated');
  speak(said('sayTie', { i: next + 1, n: ties.length, role, name, years: when }));
}

const KEYS = {
  ArrowLeft: () => panBy(-PAN, 0),
  ArrowRight: () => panBy(PAN, 0),
  ArrowUp: () => panBy(0, -PAN),
  ArrowDown: () => panBy(0, PAN),
  'Shift ArrowLeft': () => nudge(-STEP, 0),
  'Shift ArrowRight': () => nudge(STEP, 0),
  'Shift ArrowUp': () => nudge(0, -STEP),
  'Shift ArrowDown': () => nudge(0, STEP),
  '+': () => zoomBy(LARGER),
  '=': () => zoomBy(LARGER),
  '-': () => zoomBy(1 / LARGER),
  0: () => fit(),
  Home: () => walkTo(busiest()),
  n: () => walkTies(1),
  p: () => walkTies(-1),
  Enter: () => (walked ? walkTo(otherEnd(edgeOf(walked), standing())) : standing() ? byId('panel-title').focus() : walkTo(busiest())),
  i: () => walked && choose(walked),
  Backspace: () => trail.length && walkTo(trail.pop(), { back: true }),
  h: () => standing() && hide(standing()),
  '/': () => byId('search').focus(),
  '?': () => openHelp(),
};

picture.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const run = (event.shiftKey && KEYS[`Shift ${key}`]) || KEYS[key];
  if (!run) return;
  event.preventDefault();
  event.stopPropagation();
  run();
});
addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || byId('help').open) return;
  if (placing) stopPlacing();
  else clear();
});

/* Where the answer that the page shows comes from, as text. */
function openOrigin() {
  const close = press({ ...named('close'), class: 'round' }, () => byId('help').close(), '×');
  byId('help').replaceChildren(
    make('div', { class: 'bar' }, make('h2', { id: 'help-title' }, word('origin')), close),
    make('p', { class: 'origin' }, isolated(data.about)),
  );
  byId('help').showModal();
}

function openHelp() {
  const keys = (rows) =>
    make('dl', {}, rows.map(([key, what]) => [
      make('dt', {}, key.split(' ').map((each) => make('kbd', {}, each))),
      make('dd', {}, word(what)),
    ]));
  const close = press({ ...named('close'), class: 'round' }, () => byId('help').close(), '×');
  byId('help').replaceChildren(
    make('div', { class: 'bar' }, make('h2', { id: 'help-title' }, word('help')), close),
    make('p', {}, word('helpMouse')),
    make('p', {}, word('keysSay')),
    keys(PICTURE_KEYS),
    make('p', {}, word('keysAnywhere')),
    keys(PAGE_KEYS),
  );
  byId('help').showModal();
}
