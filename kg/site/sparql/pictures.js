/* Pictures: an answer as a network of its ties, or as bars. */
(() => {
  'use strict';
  const page = (window.kgSparql = window.kgSparql || {});
  const MOST_BARS = 60;
  const RADIUS = 7;
  const LONGEST = 34;

  const cut = (text, most = LONGEST) => ([...text].length > most ? `${[...text].slice(0, most - 1).join('')}…` : text);

  /** Draw a network: nodes with places, edges between their numbers. */
  function network({ nodes, edges }, label) {
    const { draw, visible } = page.elements;
    const xs = nodes.map((node) => node.x);
    const ys = nodes.map((node) => node.y);
    const left = Math.min(...xs) - 125;
    const top = Math.min(...ys) - 30;
    const width = Math.max(...xs) + 125 - left;
    const height = Math.max(...ys) + 40 - top;
    const lines = edges.map(({ from, to, label: said }) => {
      const [one, other] = [nodes[from], nodes[to]];
      const title = `${one.name} – ${other.name}${said ? `: ${said}` : ''}`;
      return draw('line', { x1: one.x, y1: one.y, x2: other.x, y2: other.y }, draw('title', {}, visible(title)));
    });
    const marks = nodes.map(({ x, y, name, kind, link }) => {
      const mark = draw('circle', { cx: x, cy: y, r: RADIUS, class: looks(kind) });
      const words = draw('text', { x, y: y + RADIUS + 13 }, visible(cut(name)));
      const parts = [draw('title', {}, visible(name)), mark, words];
      return link ? draw('a', { href: link }, ...parts) : draw('g', {}, ...parts);
    });
    return draw(
      'svg',
      // A small network is not blown up to the width of the page.
      { viewBox: `${left} ${top} ${width} ${height}`, width: Math.min(width * 1.25, 1500), class: 'ties', role: 'group', 'aria-label': label },
      draw('g', { class: 'lines' }, ...lines),
      ...marks,
    );
  }

  const KINDS = ['organisation', 'initiative', 'person', 'post', 'unit', 'place', 'document', 'source'];
  const looks = (kind) => (KINDS.includes(kind) ? `kind-${kind}` : 'kind-other');

  const MOMENT = /year|date|line|start|end|wave|when|first|last/i; // columns whose numbers are no amounts
  const CITING = /^sources?([A-Z]|$)|Source$|^lines?$/;

  /** Say which columns make bars: the first amount, by the one or two columns of names; citations do not count. */
  function barsOf(columns) {
    const amounts = columns.filter(({ name, numeric }) => numeric && !MOMENT.test(name));
    const names = columns.filter(({ name, numeric }) => !numeric && !CITING.test(name)).map(({ name }) => name);
    return amounts.length && names.length && names.length <= 2 ? { names, number: amounts[0].name } : null;
  }

  /** Draw bars: rows of { name, link, number }. */
  function bars(rows, label) {
    const { draw, make, visible } = page.elements;
    const shown = rows.filter((row) => Number.isFinite(row.number)).slice(0, MOST_BARS);
    const most = Math.max(...shown.map((row) => Math.abs(row.number)), 0) || 1;
    const body = shown.map(({ name, link, number, text }) => {
      const bar = draw('svg', { viewBox: '0 0 100 10', preserveAspectRatio: 'none', 'aria-hidden': 'true' });
      bar.append(draw('rect', { width: (100 * Math.abs(number)) / most, height: 10, class: number < 0 ? 'below' : 'bar' }));
      const head = link ? make('a', { href: link }, visible(name)) : visible(name);
      return make('tr', {}, make('th', { scope: 'row' }, make('bdi', {}, head)), make('td', { class: 'line' }, bar), make('td', { class: 'number' }, text));
    });
    return make('table', { class: 'bars' }, make('caption', { class: 'unseen' }, label), make('tbody', {}, ...body));
  }

  page.pictures = { network, bars, barsOf, MOST_BARS };
})();
