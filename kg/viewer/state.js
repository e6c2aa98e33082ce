/* The state: one plain object, which is changed in one place; each part then draws what it shows of it. */
const START = {
  language: LANGUAGES.includes(data.language) ? data.language : 'en',
  view: 'network',
  off: { kind: [], role: [], initiative: [], source: [] }, // what is filtered out, by filter
  chosen: null, // the key of the thing or tie that the panel shows
  focus: null, // { key, hops }: only what is so near a thing
  chain: null, // { from, to, at }: the shortest chains between two things, and which is drawn
  time: { mode: 'all', at: '', from: '', to: '' }, // or 'as-of', 'between'; years, months or days
  put: [], // the things that were hidden by hand
  expanded: [], // the things that are shown in spite of filters and focus
  pinned: {}, // where things were dragged: key to [x, y]
  size: 'ties', // or 'degree', 'betweenness', 'equal'
  colour: 'kind', // or 'degree', 'betweenness', 'community'
};
const copy = (value) => JSON.parse(JSON.stringify(value));
const alike = (a, b) => JSON.stringify(a) === JSON.stringify(b);

const state = copy(START);
let now = null; // what is shown: shown(state)
const parts = []; // { name, update(before) }, in the order in which they draw
const trail = []; // the things and ties that were chosen before
let opener = null; // gives what had the focus before the panel

/* Say whether one of some entries of the state differs from before; at the start all do. */
const differs = (before, ...names) => !before || names.some((name) => !alike(before[name], state[name]));
/* Say whether anything that decides what is shown differs from before. */
const shownDiffers = (before) =>
  differs(before, 'off', 'focus', 'chain', 'time', 'put', 'expanded');

/* Change the state; nothing else does. */
function change(patch) {
  const before = now && copy(state);
  Object.assign(state, copy(patch));
  if (!before || shownDiffers(before)) now = shown(state);
  for (const part of parts) part.update(before);
}

/* What of the state differs from its start, for a link that opens the same view. */
function differing() {
  return Object.fromEntries(Object.entries(state).filter(([name, value]) => !alike(value, START[name])));
}

const isThing = (key) => looks.has(key);
const isKnown = (key) => isThing(key) || drawnEdges.has(key) || isPair(key);
const FARTHEST_OFF = 1e5; // of a place in the picture, which is some thousands wide
/* A year, month or day that there is. */
function isMoment(text) {
  if (typeof text !== 'string' || !/^\d{4}(-(0[1-9]|1[0-2])(-\d\d)?)?$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return text.length < 10 || (!Number.isNaN(day.getTime()) && day.toISOString().startsWith(text));
}
const things = (keys) => (Array.isArray(keys) ? [...new Set(keys.filter(isThing))] : []);
const oneOf = (...choices) => (value, old) => (choices.includes(value) ? value : old);

/* What each entry of a state from elsewhere may be; anything else is left as it is. */
const READ = {
  language: oneOf(...LANGUAGES),
  view: (value, old) => (VIEWS.some(({ name }) => name === value) ? value : old),
  chosen: (value) => (isKnown(value) ? value : null),
  focus: (value) =>
    isThing(value?.key) && [1, 2, 3, 4].includes(value.hops) ? { key: value.key, hops: value.hops } : null,
  chain: (value) =>
    isThing(value?.from) && isThing(value?.to)
      ? { from: value.from, to: value.to, at: Math.max(0, Math.trunc(Number(value.at)) || 0) }
      : null,
  put: things,
  expanded: things,
  size: oneOf('ties', 'degree', 'betweenness', 'equal'),
  colour: oneOf('kind', 'degree', 'betweenness', 'community'),
  off: (value, old) =>
    Object.fromEntries(
      Object.keys(old).map((name) => [
        name,
        ENTRIES[name].map(({ key }) => key).filter((key) => Array.isArray(value?.[name]) && value[name].includes(key)),
      ]),
    ),
  pinned: (value) =>
    Object.fromEntries(
      Object.entries(value ?? {}).filter(
        ([key, at]) => isThing(key) && Array.isArray(at) && at.length === 2 && at.every((each) => Number.isFinite(each) && Math.abs(each) < FARTHEST_OFF),
      ),
    ),
  time: (value, old) => {
    const { mode, at = '', from = '', to = '' } = value ?? {};
    const right = { all: true, 'as-of': isMoment(at), between: isMoment(from) && isMoment(to) && from.slice(0, 4) <= to.slice(0, 4) };
    return right[mode] === true ? { mode, at, from, to } : old;
  },
};

/* The part of a state from elsewhere, a link or the command line, that means something here. */
function restored(given) {
  const known = Object.keys(READ).filter((name) => name in (given ?? {}));
  return Object.fromEntries(known.map((name) => [name, READ[name](given[name], START[name])]));
}
