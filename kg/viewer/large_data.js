/* The data of the page, by column: things and ties are numbers, and a text stands once. */
const data = JSON.parse(byId('data').textContent);
byId('data').textContent = ''; // one copy is enough
const { things, ties } = data;
const COUNT = things.key.length;
const TIES = ties.from.length;

/* A link may ask for a language, as the smaller page's can. */
const asked = new URLSearchParams(location.hash.slice(1)).get('language');
const state = {
  language: [asked, data.language, 'en'].find((each) => LANGUAGES.includes(each)),
  offGroups: new Set(),
  offRoles: new Set(),
  chosen: null, // { thing } or { tie }
  trail: [],
  opener: null,
  table: false,
  page: 0,
};

const number = (value) => value.toLocaleString(state.language === 'sv' ? 'sv-SE' : 'en-GB');

const thingName = (thing) => textOf(things.label[thing]) || things.key[thing];

/* For each thing its ties, as slices of one array: those from it, then those to it. */
function sliced(column) {
  const starts = new Uint32Array(COUNT + 1);
  for (const thing of column) starts[thing + 1] += 1;
  for (let thing = 0; thing < COUNT; thing += 1) starts[thing + 1] += starts[thing];
  const next = starts.slice(0, COUNT);
  const all = new Uint32Array(column.length);
  column.forEach((thing, tie) => {
    all[next[thing]] = tie;
    next[thing] += 1;
  });
  return (thing) => all.subarray(starts[thing], starts[thing + 1]);
}
const tiesFrom = sliced(ties.from);
const tiesTo = sliced(ties.to);
const degree = new Uint32Array(COUNT);
for (let tie = 0; tie < TIES; tie += 1) {
  degree[ties.from[tie]] += 1;
  degree[ties.to[tie]] += 1;
}
const byTies = Uint32Array.from({ length: COUNT }, (_, thing) => thing).sort(
  (a, b) => degree[b] - degree[a] || a - b,
);
let numbers = null;
const thingOf = (key) => {
  numbers ??= new Map(things.key.map((each, thing) => [each, thing]));
  return numbers.get(key);
};

const thingIsOff = (thing) => state.offGroups.has(things.group[thing]);
const tieIsOff = (tie) =>
  state.offRoles.has(ties.role[tie]) || thingIsOff(ties.from[tie]) || thingIsOff(ties.to[tie]);

function counts() {
  let [n, t] = [0, 0];
  for (let thing = 0; thing < COUNT; thing += 1) n += !thingIsOff(thing);
  for (let tie = 0; tie < TIES; tie += 1) t += !tieIsOff(tie);
  return { n, t, N: COUNT, T: TIES };
}

/* What is said of an interval that stands by column. */
const whenSaid = (when) => {
  const [start, end, attested] = data.moments[when];
  return interval({ start, end, attested });
};
