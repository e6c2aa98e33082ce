/* The search: a combobox with a list (WAI-ARIA Authoring Practices): arrows move, Enter takes, Escape closes. */
const SUGGESTIONS = 8;
const NO_ANSWER = 9; // the rank of a text that does not answer

let taking = null; // what is done with the thing that is found, where that is not to choose it

/* How well a text answers: from its beginning, from a word's beginning, within a word, not at all. */
function rankOf(text, wanted) {
  const folded = fold(text);
  const at = folded.indexOf(wanted);
  if (at <= 0) return at < 0 ? NO_ANSWER : 0;
  return /[\s(-]/.test(folded[at - 1]) ? 1 : 2;
}

function matches(query) {
  const wanted = fold(query.trim());
  if (!wanted) return [];
  const found = data.nodes.map(({ id, look, size }) => {
    const { label, aliases } = data.things[id];
    const ranked = [...Object.values(label), ...aliases].map((text) => ({ text, rank: rankOf(text, wanted) }));
    return { id, look, size, ...ranked.sort((a, b) => a.rank - b.rank)[0] };
  });
  const answers = found.filter(({ rank }) => rank < NO_ANSWER);
  return answers.sort((a, b) => a.rank - b.rank || b.size - a.size).slice(0, SUGGESTIONS);
}

function suggestion({ id, look, text }, number) {
  const other = text !== nameOf(id) && make('small', {}, isolated(short(text, 80)));
  const hidden = !now.nodes.has(id) && make('small', {}, word('hiddenMark'));
  const attributes = { role: 'option', id: `suggestion-${number}`, 'aria-selected': 'false', 'data-key': id };
  return make('li', attributes, icon(look, 13), make('span', {}, nameIn(id, 80), other, hidden));
}

/* Ask for another thing in the search field, and do something with it. */
function ask(question, take) {
  taking = take;
  byId('search').value = '';
  byId('search').placeholder = question;
  byId('search').setAttribute('aria-label', question);
  byId('search').focus();
}

function nameSearch() {
  taking = null;
  byId('search').placeholder = word('search');
  for (const id of ['search', 'suggestions']) byId(id).setAttribute('aria-label', word('search'));
}

/* Go to a thing, also where filters hide it. */
function goTo(key) {
  if (!now.nodes.has(key)) reveal([key]);
  choose(key, { move: true });
}

function search() {
  const [input, list] = [byId('search'), byId('suggestions')];
  const nothing = { role: 'option', 'aria-disabled': 'true', 'aria-selected': 'false' };
  let active = -1;
  const close = () => {
    list.hidden = true;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
  };
  const take = (id) => {
    const wanted = taking ?? goTo;
    input.value = '';
    close();
    nameSearch();
    wanted(id);
  };
  const mark = (to) => {
    active = to;
    [...list.children].forEach((item, number) => item.setAttribute('aria-selected', `${number === active}`));
    if (active < 0) return;
    input.setAttribute('aria-activedescendant', list.children[active].id);
    list.children[active].scrollIntoView({ block: 'nearest' });
  };
  input.addEventListener('input', () => {
    const found = matches(input.value);
    list.replaceChildren(...(found.length ? found.map(suggestion) : [make('li', nothing, word('none'))]));
    list.hidden = !input.value.trim();
    input.setAttribute('aria-expanded', `${!list.hidden}`);
    mark(found.length ? 0 : -1);
  });
  input.addEventListener('keydown', (event) => {
    if (list.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const count = list.children.length;
    if (step && active >= 0) mark((active + step + count) % count);
    else if (event.key === 'Enter' && active >= 0) take(list.children[active].dataset.key);
    else if (event.key === 'Escape') close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  list.addEventListener('mousedown', (event) => {
    event.preventDefault(); // the focus stays in the field
    const item = event.target.closest('[data-key]');
    if (item) take(item.dataset.key);
  });
  input.addEventListener('blur', () => {
    close();
    nameSearch();
  });
}

parts.push({
  name: 'search',
  update(before) {
    if (differs(before, 'language')) nameSearch();
  },
});
