/* The page of a large network: choosing, legend, search, table and bar. */
const SUGGESTIONS = 8;
const ROWS = 100;

function choose(what, { back = false, move = false } = {}) {
  if (!back && state.chosen) state.trail.push(state.chosen);
  if (!byId('panel').contains(document.activeElement)) state.opener = document.activeElement;
  state.chosen = what;
  stage.classList.add('dim');
  const ends = what.tie == null ? [what.thing] : [ties.from[what.tie], ties.to[what.tie]];
  if (ends.some(thingIsOff)) admit(ends);
  showPanel();
  if (!sigma) return;
  if (move || isCovered(ends)) moveTo(ends, { nearer: move });
  drawMarks();
}

/* Who asks for a thing that is filtered out gets it. */
function admit(ends) {
  for (const thing of ends) state.offGroups.delete(things.group[thing]);
  filter();
  showLegend();
}

function clear() {
  if (!state.chosen) return;
  Object.assign(state, { chosen: null, trail: [] });
  byId('panel').hidden = true;
  stage.classList.remove('dim');
  if (sigma) drawMarks();
  (state.opener?.isConnected ? state.opener : byId('search')).focus({ preventScroll: true });
}

/* ---- legend ---- */

function keyOf(off, place, name, count, mark) {
  const box = make('input', { type: 'checkbox', checked: !off.has(place) });
  box.addEventListener('change', () => {
    off[box.checked ? 'delete' : 'add'](place);
    filter();
  });
  const parts = [mark, make('span', { class: 'name' }, isolated(name)), make('span', { class: 'count' }, number(count))];
  return make('div', { class: 'key' }, make('label', {}, box, make('span', { class: 'box' }), parts));
}

function showLegend() {
  const tally = (column, length) => {
    const found = new Array(length).fill(0);
    for (const each of column) found[each] += 1;
    return found;
  };
  const groups = tally(things.group, data.groups.length);
  const roles = tally(ties.role, data.roles.length);
  const order = Object.keys(data.looks);
  const places = [...groups.keys()].sort((a, b) => order.indexOf(data.groups[a].look) - order.indexOf(data.groups[b].look));
  const entry = (group) => keyOf(state.offGroups, group, groupName(group), groups[group], dot(group));
  const part = (title, wanted) =>
    wanted.length ? [make('h2', {}, word(title)), wanted.map(entry)] : [];
  const isOrganisation = (group) => data.groups[group].kind === 'organisation';
  byId('legend').firstElementChild.textContent = word('legend');
  byId('keys').replaceChildren(
    ...[
      part('organisations', places.filter(isOrganisation)),
      part('others', places.filter((group) => !isOrganisation(group))),
      roles.length ? make('h2', {}, word('roleFilter')) : [],
      [...roles.keys()]
        .sort((a, b) => roles[b] - roles[a])
        .map((role) => keyOf(state.offRoles, role, textOf(data.roles[role].label), roles[role])),
    ].flat(3),
  );
}

function filter() {
  state.page = 0;
  refilter();
  showStatus();
  if (state.table) showTable();
}

function showStatus() {
  const all = counts();
  const now = Object.fromEntries(Object.entries(all).map(([key, value]) => [key, number(value)]));
  const hidden = { n: number(all.N - all.n), t: number(all.T - all.t) };
  const whole = all.n === all.N && all.t === all.T;
  byId('status').textContent = whole ? said('counts', now) : `${said('shown', now)} (${said('hidden', hidden)})`;
}

/* ---- table ---- */

function showTable() {
  const shown = [...byTies].filter((thing) => !thingIsOff(thing));
  const first = state.page * ROWS;
  const part = shown.slice(first, first + ROWS);
  const heads = ['thing', 'kind', 'tiesHead'].map((name) => make('th', { scope: 'col' }, word(name)));
  const line = (thing) =>
    make(
      'tr',
      {},
      make('td', {}, go(thing)),
      make('td', {}, thingKind(thing)),
      make('td', {}, number(degree[thing])),
    );
  const turn = (name, step, possible) =>
    press({ class: 'more', disabled: !possible }, () => {
      state.page += step;
      showTable();
      byId('table').scrollTop = 0;
    }, word(name));
  const place = { a: number(Math.min(first + 1, shown.length)), b: number(first + part.length), n: number(shown.length) };
  byId('table').replaceChildren(
    ...(sigma ? [] : [make('p', { class: 'note' }, word('noWebgl'))]),
    make(
      'table',
      {},
      make('caption', {}, word('listOf')),
      make('thead', {}, make('tr', {}, heads)),
      make('tbody', {}, part.map(line)),
    ),
    make(
      'div',
      { class: 'pages' },
      turn('previous', -1, first > 0),
      make('span', {}, said('page', place)),
      turn('next', 1, first + ROWS < shown.length),
    ),
  );
}

function showView(table) {
  state.table = table;
  stage.classList.toggle('away', table);
  for (const id of ['zoom', 'legend']) byId(id).hidden = table;
  byId('table').hidden = !table;
  if (table) showTable();
  const button = (name, on) => press({ 'aria-pressed': `${on}` }, () => showView(name === 'table'), word(name));
  byId('views').replaceChildren(...(sigma ? [button('network', !table)] : []), button('table', table));
}

/* ---- search ---- */

let index = null; // for each thing its names, folded, by language and alias
function found(typed) {
  const wanted = fold(plain(typed)).trim();
  if (!wanted) return [];
  index ??= things.label.map((label, thing) =>
    [...Object.values(byLanguage(label)), ...(data.more[thing]?.aliases ?? [])].map((name) => fold(plain(name)).slice(0, 200)),
  );
  const ranked = [[], [], []]; // it begins a name, a word, or stands anywhere
  for (const thing of byTies) {
    let best = 3;
    for (const name of index[thing]) {
      const at = name.indexOf(wanted);
      if (at >= 0) best = Math.min(best, at === 0 ? 0 : name[at - 1] === ' ' ? 1 : 2);
    }
    if (best < 3 && ranked[best].length < SUGGESTIONS) ranked[best].push(thing);
    if (ranked[0].length >= SUGGESTIONS) break;
  }
  return ranked.flat().slice(0, SUGGESTIONS);
}

function search() {
  const [input, list] = [byId('search'), byId('suggestions')];
  let active = -1;
  const mark = (place) => {
    active = place;
    [...list.children].forEach((item, each) => item.setAttribute('aria-selected', `${each === place}`));
    const item = list.children[place];
    if (item) input.setAttribute('aria-activedescendant', item.id);
    else input.removeAttribute('aria-activedescendant');
    item?.scrollIntoView({ block: 'nearest' });
  };
  const close = () => {
    list.hidden = true;
    input.setAttribute('aria-expanded', 'false');
    mark(-1);
  };
  const take = (thing) => {
    close();
    input.value = '';
    choose({ thing }, { move: true });
  };
  input.addEventListener('input', () => {
    const answers = found(input.value);
    const item = (thing, place) =>
      make(
        'li',
        { role: 'option', id: `suggestion-${place}`, 'data-thing': thing },
        dot(things.group[thing]),
        make('span', {}, labelled(things.label[thing]), make('small', {}, thingKind(thing))),
      );
    const nothing = make('li', { role: 'option', 'aria-disabled': 'true' }, word('none'));
    list.replaceChildren(...(answers.length ? answers.map(item) : [nothing]));
    list.hidden = !input.value.trim();
    input.setAttribute('aria-expanded', `${!list.hidden}`);
    mark(answers.length ? 0 : -1);
  });
  input.addEventListener('keydown', (event) => {
    const { length } = list.querySelectorAll('[data-thing]');
    if (event.key === 'ArrowDown' && length) mark((active + 1) % length);
    else if (event.key === 'ArrowUp' && length) mark((active - 1 + length) % length);
    else if (event.key === 'Enter' && active >= 0) take(Number(list.children[active].dataset.thing));
    else if (event.key === 'Escape' && !list.hidden) close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  list.addEventListener('mousedown', (event) => {
    event.preventDefault(); // the focus stays in the field
    const item = event.target.closest('[data-thing]');
    if (item) take(Number(item.dataset.thing));
  });
  input.addEventListener('blur', close);
}

/* ---- bar, keys, start ---- */

function showWords() {
  const { version, date } = data.dataset;
  document.documentElement.lang = state.language;
  document.title = plain(textOf(data.title));
  byId('title').replaceChildren(labelled(data.title));
  const about = [version && `${word('version')} ${version}`, date && moment(date)].filter(Boolean);
  byId('about').textContent = about.map((part) => `${part} · `).join('');
  byId('search').placeholder = word('search');
  for (const name of ['search', 'suggestions']) byId(name).setAttribute('aria-label', word('search'));
  for (const name of ['views', 'languages', 'stage', 'zoom', 'table']) byId(name).setAttribute('aria-label', word(name));
  const speak = (language) =>
    press({ lang: language, 'aria-pressed': `${language === state.language}` }, () => speakIn(language), language.toUpperCase());
  byId('languages').replaceChildren(...LANGUAGES.map(speak));
  byId('zoom').replaceChildren(
    press(named('zoomIn'), () => zoomBy(PICTURE.steps), '+'),
    press(named('zoomOut'), () => zoomBy(1 / PICTURE.steps), '−'),
    press(named('fit'), () => fit(), '⤢'),
  );
}

function showAll() {
  showWords();
  showLegend();
  showStatus();
  showView(state.table);
  if (state.chosen) showPanel();
  if (sigma) drawMarks();
}

function speakIn(language) {
  state.language = language;
  written.clear();
  showAll();
  [...byId('languages').children].find((button) => button.lang === language).focus();
}

const KEYS = {
  '+': () => zoomBy(PICTURE.steps),
  '-': () => zoomBy(1 / PICTURE.steps),
  0: () => fit(),
  ArrowLeft: () => panBy(-0.1, 0),
  ArrowRight: () => panBy(0.1, 0),
  ArrowUp: () => panBy(0, 0.1),
  ArrowDown: () => panBy(0, -0.1),
};

function start() {
  if (innerWidth <= 640) byId('legend').open = false;
  if (COUNT && hasWebgl()) draw();
  state.table = !sigma;
  showAll();
  search();
  if (thingOf(data.chosen) != null) choose({ thing: thingOf(data.chosen) }, { move: true });
  stage.addEventListener('keydown', (event) => {
    const act = KEYS[event.key];
    if (!act || !sigma || event.ctrlKey || event.metaKey || event.altKey) return;
    act();
    event.preventDefault();
  });
  addEventListener('keydown', (event) => {
    if (event.key === 'Escape') clear();
    if (event.key !== '/' || event.target.matches?.('input')) return;
    byId('search').focus();
    event.preventDefault();
  });
  dark.addEventListener('change', () => {
    recolour();
    showAll();
  });
  requestAnimationFrame(() => requestAnimationFrame(() => (drawn = true)));
}
start();

/* For tests and for the curious. */
window.kgView = {
  sigma,
  choose,
  clear,
  fit,
  drawn: () => drawn,
  chosen: () => state.chosen,
  counts,
  labels: () => shownNames,
  thing: thingOf,
};
