/* The panel: what is known of the thing or the tie that is chosen, and the lines that say it. */

/* A thing's name: a way to it where it is in the picture. */
function go(key, label) {
  if (!isThing(key)) return labelled(label ?? {});
  return press({ class: 'go' }, () => goTo(key), labelled(label ?? data.things[key].label));
}

/* A thing's name, so long at most, in its own language. */
const nameIn = (key, longest) => isolated(short(nameOf(key), longest), languageOf(data.things[key].label));

const roleOf = (key) => press({ class: 'role' }, () => choose(key), labelled(data.ties[key].label));
const hiddenMark = (key) => !isShown(key) && make('span', { class: 'mark' }, word('hiddenMark'));
/* How a tie stands in the time that is asked for, in a word. */
const heldMark = (key) =>
  state.time.mode !== 'all' && now.edges.has(key) && make('span', { class: 'mark' }, word(now.edges.get(key)));
const names = (things) => listed(things.map(({ key, label }) => go(key, label)));
const row = (...parts) => make('div', { class: 'row' }, ...parts);
const soft = (...parts) => make('span', { class: 'via' }, ...parts);

/* One entry a document, with all its lines. */
function cites(citations) {
  const documents = new Map();
  for (const cite of citations) documents.set(cite.source, [...(documents.get(cite.source) ?? []), cite]);
  return [...documents.values()].map((all) => {
    const lines = all.map(({ first, last }) => (first === last ? `${first}` : `${first}–${last}`)).join(', ');
    const many = all.length > 1 || all[0].first !== all[0].last;
    const title = make('cite', {}, isolated(all[0].title, all[0].language));
    const date = all[0].date ? ` (${moment(all[0].date)})` : '';
    return make(
      'p',
      { class: 'cites' },
      title,
      `${date}, ${word(many ? 'linesOf' : 'line')} ${lines} `,
      make('code', {}, all[0].source),
    );
  });
}

const impliedMark = (fact) =>
  fact.certainty === 'implied' && make('span', { class: 'mark' }, word('impliedMark'));

function support(fact) {
  const why =
    fact.certainty === 'implied' && fact.reason && make('p', { class: 'why' }, isolated(fact.reason));
  return [impliedMark(fact), why, ...cites(fact.citations)];
}

const whenOf = (fact) => interval(fact) && make('span', { class: 'when' }, interval(fact));

function via(tie) {
  if (!tie.through.length) return '';
  return make('p', { class: 'via' }, `${word('through')} `, names(tie.through));
}

function tieItem(key, other) {
  const tie = data.ties[key];
  return make('li', {}, go(other), row(roleOf(key), whenOf(tie), heldMark(key), hiddenMark(key)), via(tie), support(tie));
}

function factItem(fact) {
  const value = fact.value;
  const shown = value.label
    ? go(value.key, value.label)
    : value.text
      ? isolated(value.text, value.language)
      : '';
  const more = [textOf(value.type ?? {}), value.year && `${word('by')} ${value.year}`]
    .filter(Boolean)
    .join(' ');
  const relation = fact.relation !== 'hasGoal' && soft(labelled(fact.label));
  return make('li', {}, row(relation, shown, more && soft(more), whenOf(fact)), support(fact));
}

const section = (title, items) => (items.length ? [make('h3', {}, word(title)), make('ul', {}, items)] : []);

function identifier({ value }) {
  const name = textOf(value.scheme);
  const text = value.text.replace(/^https?:\/\/[^/]+\//, '');
  const shown = [name ? `${name} ` : '', isolated(text)];
  // Only such addresses are links: nothing else is safe to open.
  if (!/^https?:\/\//i.test(value.page)) return make('span', {}, shown);
  return make('a', { href: value.page, rel: 'noopener noreferrer', target: '_blank' }, shown);
}

function thingPanel(key) {
  const thing = data.things[key];
  const mine = edgesOf(key);
  const facts = (...relations) => thing.facts.filter(({ relation }) => relations.includes(relation));
  const drawn = new Set(mine.map(({ id }) => data.ties[id].iri));
  const rest = thing.facts.filter(
    ({ relation, iri }) => !['identifier', 'hasGoal'].includes(relation) && !drawn.has(iri),
  );
  const from = (type) =>
    mine
      .filter((edge) => data.ties[edge.id].type === type && edge.from === key)
      .map((edge) => tieItem(edge.id, edge.to));
  const to = (type) =>
    mine
      .filter((edge) => data.ties[edge.id].type === type && edge.to === key)
      .map((edge) => tieItem(edge.id, edge.from));
  return [
    ...headOf(key, facts),
    actions(key),
    conflictsOf(key),
    section('partOf', from('membership')),
    section('parts', to('membership')),
    section('represents', representedBy(key)),
    section('goals', facts('hasGoal').map(factItem)),
    section('links', from('statement')),
    section('linked', to('statement')),
    section('events', thing.events.map(eventItem)),
    section('facts', rest.map(factItem)),
    section('named', thing.citations.length ? [make('li', {}, support(thing))] : []),
  ];
}

/* Names in all languages, other names, identifiers. */
function headOf(key, facts) {
  const { label } = data.things[key];
  const others = Object.entries(label).filter(([language, text]) => language && text !== textOf(label));
  const also = [...new Set(facts('altLabel').map(({ value }) => value.text))];
  const ids = facts('identifier').map(identifier);
  return [
    make('h2', { tabindex: -1, id: 'panel-title' }, labelled(label)),
    others.map(([language, text]) => make('p', { class: 'other' }, isolated(text, language))),
    also.length
      ? make('p', { class: 'other' }, `${word('also')} `, listed(also.map((name) => isolated(name))))
      : '',
    ids.length ? make('div', { class: 'ids' }, ids) : '',
  ];
}

const eventItem = (event) => make('li', {}, labelled(event.label), ' ', whenOf(event), support(event));

const grouped = (digits) => new Intl.NumberFormat(state.language === 'sv' ? 'sv-SE' : 'en-GB').format(digits);

/* What two sources say differently of a thing, side by side, each with its date and its lines. */
function conflictsOf(key) {
  const found = data.conflicts?.[key] ?? [];
  if (!found.length) return [];
  const side = ({ value, date, sources }) =>
    make(
      'div',
      { class: 'side' },
      make('strong', {}, /^\d{5,}$/.test(textOf(value)) ? grouped(textOf(value)) : labelled(value)),
      make('span', { class: 'when' }, date ? moment(date) : word('noDate')),
      make('code', {}, isolated(sources)),
    );
  const items = found.map(({ relation, sides }) =>
    make('li', {}, soft(labelled(relation)), make('div', { class: 'sides' }, sides.map(side))),
  );
  return [section('conflicts', items), make('p', { class: 'note' }, word('conflictsSay'))];
}

/* The ties that others have through a post, unit or person. */
function representedBy(key) {
  const ties = data.edges.filter(({ id }) => data.ties[id].through.some((each) => each.key === key));
  return ties.map(({ id, from, to }) =>
    make('li', {}, go(from), row(roleOf(id), go(to), whenOf(data.ties[id])), support(data.ties[id])),
  );
}

function tiePanel(key) {
  const tie = data.ties[key];
  const { from, to } = drawnEdges.get(key);
  const rows = [
    ['interval', interval(tie) || word('undated')],
    ['via', tie.through.length && make('span', {}, names(tie.through))],
    ['time', state.time.mode !== 'all' && now.edges.has(key) && word(now.edges.get(key))],
    ['certainty', tie.certainty && word(tie.certainty === 'implied' ? 'impliedMark' : tie.certainty)],
    ['reason', tie.reason && isolated(tie.reason)],
  ];
  return [
    make('h2', { tabindex: -1, id: 'panel-title' }, labelled(tie.label)),
    make(
      'div',
      { class: 'ends' },
      go(from),
      make('span', { class: 'arrow', 'aria-hidden': 'true' }, '↓'),
      go(to),
    ),
    make(
      'dl',
      {},
      rows
        .filter(([, value]) => value)
        .flatMap(([name, value]) => [make('dt', {}, word(name)), make('dd', {}, value)]),
    ),
    section('cited', tie.citations.length ? [make('li', {}, cites(tie.citations))] : []),
    tie.iri ? section('iri', [make('li', {}, make('code', {}, isolated(tie.iri)))]) : [],
  ];
}

function chosenPanel(key) {
  if (isPair(key)) return { kicker: [word('pair'), hiddenMark(key)], parts: pairPanel(key) };
  const kicker = drawnEdges.has(key)
    ? [word(data.ties[key].type), hiddenMark(key)]
    : [icon(looks.get(key).look), kindOf(key), key in state.pinned && ` · ${word('pinned')}`, hiddenMark(key)];
  return { kicker, parts: drawnEdges.has(key) ? tiePanel(key) : thingPanel(key) };
}

/* Draw the panel: of what is chosen, else of the chain; none of either closes it. */
function showPanel(isNew) {
  const panel = byId('panel');
  const shows = state.chosen ? chosenPanel(state.chosen) : state.chain && chainPanel();
  panel.hidden = !shows;
  if (!shows) return;
  const back = trail.length > 0 && press(named('back', { class: 'round', 'data-hold': 'back' }), stepBack, '←');
  const bar = make(
    'div',
    { class: 'bar' },
    make('p', { class: 'kicker' }, shows.kicker),
    back,
    press(named('close', { class: 'round', 'data-hold': 'close' }), clear, '×'),
  );
  fill(panel, bar, shows.parts);
  panel.setAttribute('aria-labelledby', 'panel-title');
  if (isNew) panel.scrollTop = 0;
}

parts.push({
  name: 'panel',
  update(before) {
    const isNew = differs(before, 'chosen', 'chain');
    if (isNew || shownDiffers(before) || differs(before, 'language', 'pinned')) showPanel(isNew);
  },
});
