/* The legend, which is also the filter: kinds, roles, initiatives, sources, each with its count. */

/* The entries of each filter: key, words, how many, and the look of a kind. */
function entriesOf(filter) {
  const found = new Map();
  const add = (key, entry) => {
    if (!found.has(key)) found.set(key, { key, count: 0, ...entry });
    found.get(key).count += 1;
  };
  if (filter === 'kind')
    for (const { id, legend, look } of data.nodes) add(legend, { look, thing: data.things[id] });
  if (filter === 'initiative')
    for (const [key, { kind, label }] of Object.entries(data.things))
      if (kind === 'initiative') found.set(key, { key, label, count: edgesOf(key).length });
  if (filter === 'role') for (const { role, label } of Object.values(data.ties)) add(role, { label });
  if (filter === 'source')
    for (const [key, { citations }] of Object.entries(data.ties))
      for (const source of sourcesOf(key)) {
        const { title, language, date } = citations.find((cite) => cite.source === source);
        add(source, { label: { [language || 'en']: date ? `${title} (${date})` : title } });
      }
  return [...found.values()];
}

const FILTERS = ['kind', 'role', 'initiative', 'source'];
const ENTRIES = Object.fromEntries(FILTERS.map((filter) => [filter, entriesOf(filter)]));

function entryName({ label, thing, key }) {
  if (label) return textOf(label) || key;
  return thing.kind === 'organisation' ? textOf(thing.helix_label) || word('unknown') : word(`${thing.kind}s`);
}

const entryLanguage = ({ label, thing }) => languageOf(label ?? (thing.kind === 'organisation' ? thing.helix_label : undefined));

function ordered(filter) {
  const collator = new Intl.Collator(state.language);
  const looked = Object.keys(data.looks);
  if (filter === 'kind')
    return [...ENTRIES.kind].sort(
      (a, b) => looked.indexOf(a.look) - looked.indexOf(b.look) || (a.key < b.key ? -1 : 1),
    );
  return [...ENTRIES[filter]].sort(
    (a, b) => (filter === 'role' && b.count - a.count) || collator.compare(entryName(a), entryName(b)),
  );
}

const setOff = (filter, keys) => change({ off: { ...state.off, [filter]: keys } });

/* One entry: a box that shows or hides it, and a button that leaves it alone. */
function entryRow(filter, entry) {
  const { key, look, count } = entry;
  const off = state.off[filter];
  const onchange = () =>
    setOff(filter, off.includes(key) ? off.filter((each) => each !== key) : [...off, key]);
  const box = make('input', { type: 'checkbox', 'data-hold': `${filter} ${key}`, onchange });
  box.checked = !off.includes(key);
  const others = ENTRIES[filter].map((each) => each.key).filter((each) => each !== key);
  const isOnly = alike([...off].sort(), [...others].sort());
  const name = entryName(entry);
  const only = press(
    {
      class: 'only',
      'data-hold': `only ${filter} ${key}`,
      'aria-pressed': `${isOnly}`,
      'aria-label': said(isOnly ? 'allOf' : 'onlyThis', { name: isOnly ? word(`${filter}Filter`) : plain(short(name, 80)) }),
    },
    () => setOff(filter, isOnly ? [] : others),
    word(isOnly ? 'all' : 'only'),
  );
  const mark = look && state.colour === 'kind' ? icon(look) : look && icon(look, 16, [css('--paper'), css('--soft')]);
  return make(
    'div',
    { class: 'key' },
    make('label', {}, box, make('span', { class: 'box', 'aria-hidden': 'true' }), mark, make('span', { class: 'name' }, isolated(short(name, 90), entryLanguage(entry)))),
    ENTRIES[filter].length > 1 && only,
    make('span', { class: 'count' }, `${count}`),
  );
}

function lineKey(key, width, dash) {
  const line = make('path', { d: 'M0 4h30', 'stroke-width': width, 'stroke-dasharray': dash });
  return make('p', { class: 'line' }, make('svg', { width: 30, height: 8, 'aria-hidden': 'true' }, line), word(key));
}

function lineOf({ id, width }) {
  if (data.ties[id].certainty === 'implied') return 'implied';
  if (data.ties[id].type === 'statement') return 'link';
  return width > 2 ? 'strong' : 'member';
}

const LINE_KEYS = [
  ['strong', 2.4, null],
  ['member', 1.2, null],
  ['link', 1.2, '5 4'],
  ['implied', 1.6, '1.5 4'],
];

/* The lines of the scene: of pairs, how much two share is said by their width. */
function lineKeys() {
  if (state.view === 'organisations') {
    const never = [...allPairs.values()].some(({ dashes }) => dashes);
    return [lineKey('sharedOne', 1.1, null), lineKey('sharedMany', 3.3, null), never ? lineKey('sharedNever', 1.1, '2 4') : ''];
  }
  const kinds = new Set(data.edges.map(lineOf));
  return LINE_KEYS.filter(([kind]) => kinds.has(kind)).map((line) => lineKey(...line));
}

/* A part of the legend that folds, and stays as it was when all is drawn anew. */
const unfolded = new Set();
function folding(name, title, children, count = '') {
  const ontoggle = ({ target }) => unfolded[target.open ? 'add' : 'delete'](name);
  const off = (state.off[name] ?? []).length;
  const note = off ? `${ENTRIES[name].length - off} ${word('of')} ${ENTRIES[name].length}` : count;
  return make(
    'details',
    { class: 'fold', open: unfolded.has(name), ontoggle },
    make('summary', { 'data-hold': `fold ${name}` }, title, make('span', { class: 'count' }, `${note}`)),
    children,
  );
}

function showLegend() {
  const kinds = ordered('kind').map((entry) => [entry, entryRow('kind', entry)]);
  const ofOrganisations = (wanted) =>
    kinds.filter(([{ thing }]) => (thing.kind === 'organisation') === wanted).map(([, row]) => row);
  const [organisations, others] = [ofOrganisations(true), ofOrganisations(false)];
  const lists = ['role', 'initiative', 'source'].filter((filter) => ENTRIES[filter].length);
  byId('legend').firstElementChild.textContent = word('legend');
  fill(
    byId('keys'),
    organisations.length ? [make('h2', {}, word('organisations')), organisations] : [],
    others.length ? [make('h2', {}, word('others')), others] : [],
    data.edges.length ? [make('h2', {}, word('lines')), lineKeys()] : [],
    lists.map((filter) => {
      const rows = ordered(filter).map((entry) => entryRow(filter, entry));
      return folding(filter, word(`${filter}Filter`), rows, ENTRIES[filter].length);
    }),
    folding('looks', word('looks'), measureChoices()),
  );
}

parts.push({
  name: 'legend',
  update(before) {
    const scenes = before && (before.view === 'organisations') !== (state.view === 'organisations');
    if (scenes || differs(before, 'language', 'off', 'size', 'colour')) showLegend();
  },
});
