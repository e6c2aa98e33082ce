/* The data of the page, by column: things and ties are numbers, and a text stands once. */
const byId = (id) => document.getElementById(id);
const data = JSON.parse(byId('data').textContent);
byId('data').textContent = ''; // one copy is enough
const { things, ties } = data;
const COUNT = things.key.length;
const TIES = ties.from.length;

const state = {
  language: LANGUAGES.includes(data.language) ? data.language : 'en',
  offGroups: new Set(),
  offRoles: new Set(),
  chosen: null, // { thing } or { tie }
  trail: [],
  opener: null,
  table: false,
  page: 0,
};

const word = (key, values = {}) =>
  (WORDS[key]?.[LANGUAGES.indexOf(state.language)] ?? key).replace(/\{(\w)\}/g, (_, name) => values[name] ?? '');
const number = (value) => value.toLocaleString(state.language === 'sv' ? 'sv-SE' : 'en-GB');

/* A label is a text in English, or texts by language. */
const byLanguage = (label) => (typeof label === 'string' ? { en: label } : (label ?? {}));
const languageOf = (label) =>
  [state.language, 'en', ...Object.keys(byLanguage(label))].find((each) => byLanguage(label)[each]) ?? '';
const textOf = (label) => byLanguage(label)[languageOf(label)] ?? '';
const visible = (text) =>
  String(text).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g, '\ufffd');
// Controls would be invisible, or would turn round what stands beside them.
const plain = (text) =>
  visible(
    String(text)
      .replace(/[\u202a-\u202e\u2066-\u2069\u200e\u200f]/g, '')
      .replace(/[\s\u2028\u2029]+/g, ' '),
  );
const short = (text, longest) =>
  text.length <= longest
    ? text
    : `${[...text.slice(0, longest)]
        .slice(0, -1)
        .join('')
        .trimEnd()}…`;
const fold = (text) =>
  text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase();
const nameOf = (thing) => textOf(things.label[thing]) || things.key[thing];

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

function moment(text) {
  const [year, month, day] = text.split('-').map(Number);
  if (!month) return text;
  const form = { year: 'numeric', month: 'long', timeZone: 'UTC', ...(day ? { day: 'numeric' } : {}) };
  return new Intl.DateTimeFormat(state.language === 'sv' ? 'sv-SE' : 'en-GB', form).format(
    Date.UTC(year, month - 1, day || 1),
  );
}

function interval([start, end, attested] = ['', '', '']) {
  const known = `${start ? 'a' : ''}${end ? 'b' : ''}` || (attested ? 'c' : '');
  const form = start && start === end ? 'on' : { a: 'since', b: 'until', ab: 'between', c: 'at' }[known];
  const said = { a: start && moment(start), b: end && moment(end), c: attested && moment(attested) };
  return form ? word(form, said) : '';
}
