/* The table: exactly what is shown, as text; each column sorts. */
const COLUMNS = ['thing', 'role', 'target', 'years', 'sources'];
const sorting = { by: 'thing', down: false };

function rowsShown() {
  const rows = data.edges
    .filter(({ id }) => now.edges.has(id))
    .map((edge) => {
      const tie = data.ties[edge.id];
      const texts = {
        thing: nameOf(edge.from),
        role: textOf(tie.label),
        target: nameOf(edge.to),
        years: years(tie),
        sources: tie.citations.map(({ source, first }) => `${source}:${first}`).join(' '),
      };
      return { ...edge, tie, texts };
    });
  // A thing that is shown without a tie has a row of its own.
  for (const key of now.nodes)
    if (!shownEdgesOf(key).length)
      rows.push({ id: key, from: key, tie: null, texts: { thing: nameOf(key), role: '', target: '', years: '', sources: '' } });
  const { compare } = new Intl.Collator(state.language, { numeric: true });
  const order = [sorting.by, 'thing', 'target'];
  const one = (x, y) =>
    order.reduce((found, name) => found || compare(x.texts[name], y.texts[name]), 0) || (x.id < y.id ? -1 : 1);
  return rows.sort((x, y) => (sorting.down ? one(y, x) : one(x, y)));
}

function columnHead(name) {
  const isBy = sorting.by === name;
  const sort = () => {
    Object.assign(sorting, { by: name, down: isBy && !sorting.down });
    showTable();
  };
  const sign = isBy ? (sorting.down ? ' ↓' : ' ↑') : '';
  const attributes = { class: 'sort', 'data-hold': `sort ${name}`, title: said('sort', { name: word(name) }) };
  return make(
    'th',
    { scope: 'col', role: 'columnheader', 'aria-sort': isBy ? (sorting.down ? 'descending' : 'ascending') : 'none' },
    press(attributes, sort, word(name), make('span', { 'aria-hidden': 'true' }, sign)),
  );
}

function showTable() {
  // On a narrow screen rows are drawn as blocks, which is not to take their meaning from them.
  const cell = (...children) => make('td', { role: 'cell' }, ...children);
  const held = (button, name) => {
    button.setAttribute('data-hold', name);
    return button;
  };
  const alone = (key) => make('tr', { role: 'row' }, cell(held(go(key), `alone ${key}`)), cell(soft(word('sayNoTies'))), cell(), cell(), cell(cites(data.things[key].citations)));
  const rows = rowsShown();
  const body = rows.map(({ id, from, to, tie }) =>
    !tie ? alone(from) : make(
      'tr',
      { role: 'row' },
      cell(held(go(from), `from ${id}`)),
      cell(held(roleOf(id), `role ${id}`), via(tie)),
      cell(held(go(to), `to ${id}`)),
      cell(years(tie), heldMark(id) && [' ', heldMark(id)]),
      cell(impliedMark(tie), cites(tie.citations)),
    ),
  );
  byId('table').setAttribute('aria-label', word('table'));
  fill(
    byId('table'),
    make(
      'table',
      { role: 'table' },
      make('caption', {}, body.length ? `${word('caption')}: ${now.edges.size}` : word('nothing')),
      make('thead', { role: 'rowgroup' }, make('tr', { role: 'row' }, COLUMNS.map(columnHead))),
      make('tbody', { role: 'rowgroup' }, body),
    ),
  );
}
