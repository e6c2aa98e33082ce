/* The panel: what is known of the thing or tie that is chosen, and the lines that say it. */
const ITEMS = 60; // of a list before the rest is asked for

const go = (thing, label) =>
  thing == null
    ? labelled(label)
    : press({ class: 'go' }, () => choose({ thing }, { move: true }), labelled(things.label[thing]));
const section = (title, items) => (items.length ? [make('h3', {}, word(title)), make('ul', {}, items)] : []);
const row = (...parts) => make('div', { class: 'row' }, ...parts);
const soft = (...parts) => make('span', { class: 'soft' }, ...parts);

/* One entry a document, with all its lines. */
function cites(set) {
  const documents = new Map();
  for (const [source, first, last] of data.cites[set] ?? [])
    documents.set(source, [...(documents.get(source) ?? []), first === last ? `${first}` : `${first}–${last}`]);
  return [...documents].map(([source, lines]) => {
    const { key, title, language, date } = data.sources[source];
    const many = lines.length > 1 || lines[0].includes('–');
    return make(
      'p',
      { class: 'cites' },
      isolated(title, language),
      `${date ? ` (${moment(date)})` : ''}, ${word(many ? 'linesOf' : 'line')} ${lines.join(', ')} · `,
      isolated(key),
    );
  });
}

function support(sure, set) {
  const [certainty, reason] = data.sureties[sure] ?? ['', ''];
  if (certainty !== 'implied') return cites(set);
  return [
    make('span', { class: 'mark' }, word('impliedMark')),
    reason && make('p', { class: 'why' }, isolated(reason)),
    ...cites(set),
  ];
}

const whenOf = (when) => soft(whenSaid(when));
const roleOf = (tie) => press({ class: 'role' }, () => choose({ tie }), labelled(data.roles[ties.role[tie]].label));
const pointers = (list) =>
  list.flatMap(([key, label], place) => [place ? ', ' : '', go(thingOf(key), label)]);

function tieItem(tie, other) {
  const through = data.through[tie];
  return make(
    'li',
    {},
    go(other),
    row(roleOf(tie), whenOf(ties.when[tie])),
    through && make('p', { class: 'soft' }, `${word('through')} `, pointers(through)),
    support(ties.sure[tie], ties.cites[tie]),
  );
}

/* The first of many items; a button adds the rest. */
function tieItems(list, other) {
  const items = [...list].map((tie) => () => tieItem(tie, other[tie]));
  const first = items.slice(0, ITEMS).map((item) => item());
  if (items.length <= ITEMS) return first;
  const more = (event) => {
    const rest = items.slice(ITEMS).map((item) => item());
    event.target.parentElement.replaceWith(...rest);
    rest[0].querySelector('button')?.focus();
  };
  const label = said('more', { n: number(items.length - ITEMS) });
  return [...first, make('li', {}, press({ class: 'more' }, more, label))];
}

function factItem(fact) {
  const value = fact.value ?? {};
  const shown = value.label ? go(thingOf(value.key), value.label) : isolated(value.text ?? '', value.language);
  // Only such addresses are links: nothing else is safe to open.
  const link = /^https?:\/\//i.test(value.page ?? '');
  const page = { href: value.page, rel: 'noopener noreferrer', target: '_blank' };
  const more = [textOf(value.type), value.year && `${word('by')} ${value.year}`].filter(Boolean).join(' ');
  const when = interval({ start: '', end: '', attested: '', ...fact });
  return make(
    'li',
    {},
    row(soft(labelled(fact.label)), link ? make('a', page, shown) : shown, soft(more), soft(when)),
    support(fact.sure, fact.cites),
  );
}

function thingKind(thing) {
  const { kind } = data.groups[things.group[thing]];
  const { classification = {}, types = [] } = data.more[thing] ?? {};
  const also = [...(kind === 'initiative' ? types : []), classification].map(textOf);
  return [...new Set([word(kind), ...also])].filter(Boolean).join(' · ');
}

function thingParts(thing) {
  const more = data.more[thing] ?? {};
  const label = byLanguage(things.label[thing]);
  const others = Object.entries(label).filter(([language, text]) => language && text !== thingName(thing));
  return [
    make('h2', { tabindex: -1, id: 'panel-title' }, labelled(things.label[thing])),
    others.map(([language, text]) => make('p', { class: 'other' }, isolated(text, language))),
    more.aliases && make('p', { class: 'other' }, `${word('also')} `, isolated(more.aliases.join(', '))),
    section('takesPart', tieItems(tiesFrom(thing), ties.to)),
    section('linkedFrom', tieItems(tiesTo(thing), ties.from)),
    section('events', (more.events ?? []).map(factItem)),
    section('facts', (more.facts ?? []).map(factItem)),
    section('named', [make('li', {}, support(things.sure[thing], things.cites[thing]))]),
  ];
}

function tieParts(tie) {
  const [certainty, reason] = data.sureties[ties.sure[tie]];
  const through = data.through[tie];
  const rows = [
    ['interval', whenSaid(ties.when[tie]) || word('undated')],
    ['through', through && make('span', {}, pointers(through))],
    ['certainty', certainty && word(certainty)],
    ['reason', reason && isolated(reason)],
  ];
  return [
    make('h2', { tabindex: -1, id: 'panel-title' }, labelled(data.roles[ties.role[tie]].label)),
    make('div', { class: 'ends' }, go(ties.from[tie]), make('span', { 'aria-hidden': 'true' }, '↓'), go(ties.to[tie])),
    make(
      'dl',
      {},
      rows
        .filter(([, value]) => value)
        .map(([name, value]) => [make('dt', {}, word(name)), make('dd', {}, value)]),
    ),
    section('cited', [make('li', {}, cites(ties.cites[tie]))]),
  ];
}

function showPanel() {
  const { thing, tie } = state.chosen;
  const kicker =
    tie == null ? [dot(things.group[thing]), thingKind(thing)] : [word(data.roles[ties.role[tie]].type)];
  const backwards = () => choose(state.trail.pop(), { back: true, move: true });
  const bar = make(
    'div',
    { class: 'bar' },
    make('p', { class: 'kicker' }, kicker),
    state.trail.length > 0 && press(named('back', { class: 'round' }), backwards, '←'),
    press(named('close', { class: 'round' }), clear, '×'),
  );
  const panel = byId('panel');
  const parts = tie == null ? thingParts(thing) : tieParts(tie);
  panel.replaceChildren(bar, ...parts.flat(3).filter(Boolean));
  panel.setAttribute('aria-labelledby', 'panel-title');
  panel.hidden = false;
  panel.scrollTop = 0;
  byId('panel-title').focus({ preventScroll: true });
}
