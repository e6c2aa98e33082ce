/* The timeline: initiatives, and who held which post, as bars between the days that the sources know. */
const ordering = { by: 'begin' };
const DAY = 86400000;
const dayNumber = (day) => Date.parse(`${day}T00:00:00Z`) / DAY;

/* A period in words as exact as two days that bound it: a day, a month, a year, or from year to year. */
function periodText(first, last) {
  for (const length of [10, 7, 4]) {
    const text = first.slice(0, length);
    if (alike(daysOf(text), [first, last])) return moment(text);
  }
  const [a, b] = [first.slice(0, 4), last.slice(0, 4)];
  return a === b ? a : `${a}–${b}`;
}

/* When something was, in words, out of its bounds: what is not known is said to be so. */
function boundsText(fact) {
  const { earliestStart: a, latestStart: b, earliestEnd: c, latestEnd: d } = boundsOf(fact);
  if (!(a || b || c || d)) return word('undated');
  if (!a && !d) {
    if (!b || !c) return said('at', { c: (b || c).slice(0, 4) });
    if (c <= b) return said('at', { c: periodText(c, b) });
    return said('attestedFromTo', { a: b.slice(0, 4), b: c.slice(0, 4) });
  }
  const begin = a && periodText(a, b || a);
  const end = d && periodText(c || d, d);
  if (begin && end) return begin === end ? begin : said('between', { a: begin, b: end });
  if (end) return said('until', { b: end });
  const later = c && c.slice(0, 4) > begin.slice(-4);
  return said('from', { a: begin }) + (later ? said('stillIn', { c: c.slice(0, 4) }) : '');
}

/* The rows: by group, each with its name, its fact, and the moments at which it is attested. */
function timelineRows() {
  const attested = (keys) => keys.map((key) => data.ties[key].attested).filter(Boolean);
  const initiatives = [...now.nodes]
    .filter((key) => data.things[key].kind === 'initiative')
    .map((key) => ({
      key,
      look: looks.get(key).look,
      name: nameOf(key),
      says: () => labelled(data.things[key].label),
      fact: data.things[key],
      marks: [
        ...attested(shownEdgesOf(key).map(({ id }) => id)),
        ...data.things[key].events.map(({ start, attested: at }) => start || at).filter(Boolean),
      ],
    }));
  const holders = data.edges
    .filter(({ id, to }) => now.edges.has(id) && data.things[to].kind === 'post' && data.ties[id].type === 'membership')
    .map(({ id, from, to }) => ({
      key: id,
      look: looks.get(from).look,
      name: `${nameOf(from)}, ${nameOf(to)}`,
      says: () => [labelled(data.things[from].label), ', ', labelled(data.things[to].label)],
      post: nameOf(to),
      fact: data.ties[id],
      marks: attested([id]),
    }));
  return [['initiatives', initiatives], ['postHolders', holders]].filter(([, rows]) => rows.length);
}

function inOrder(rows) {
  const { compare } = new Intl.Collator(state.language, { numeric: true });
  const begin = ({ fact }) => {
    const { earliestStart, latestStart, earliestEnd, latestEnd } = boundsOf(fact);
    return earliestStart || [latestStart, earliestEnd].filter(Boolean).sort()[0] || latestEnd || '9999';
  };
  const byName = (a, b) => compare(a.post ?? '', b.post ?? '') || compare(a.name, b.name);
  if (ordering.by === 'name') return rows.sort(byName);
  return rows.sort((a, b) => compare(a.post ?? '', b.post ?? '') || (begin(a) < begin(b) ? -1 : begin(a) > begin(b) ? 1 : byName(a, b)));
}

/* The years of the axis, and where on it a day stands, in hundredths of its length. */
function axisOf() {
  const [first, last] = reach;
  const [begin, end] = [dayNumber(`${first}-01-01`) - 60, dayNumber(`${last}-12-31`) + 60];
  const every = Math.max(1, Math.ceil((last - first + 1) / (isNarrow() ? 6 : 12)));
  const ticks = Array.from({ length: last - first + 1 }, (_, at) => first + at).filter((year) => (year - first) % every === 0);
  return { ticks, at: (number) => (100 * (Math.min(Math.max(number, begin), end) - begin)) / (end - begin) };
}

/* The bar of a fact: full where it certainly was, faded between the days that bound an end that is
   not known exactly, and open where nothing bounds it; a mark where a document attests it. */
function barOf({ fact, look, marks }, { ticks, at }) {
  const { earliestStart: a, latestStart: b, earliestEnd: c, latestEnd: d } = boundsOf(fact);
  const [filled, edge] = colours(look);
  const part = (from, to, fill) =>
    to > from && make('rect', { x: `${from}%`, width: `${to - from}%`, y: 8, height: 12, fill, 'data-from': from.toFixed(1) });
  const grid = ticks.map((year) => {
    const x = `${at(dayNumber(`${year}-01-01`))}%`;
    return make('line', { x1: x, x2: x, y1: 0, y2: 28, class: 'grid' });
  });
  const parts = [];
  if (a || b || c || d) {
    const low = [b, c].filter(Boolean).sort()[0] || d || a;
    const high = [b, c].filter(Boolean).sort().pop() || a || d;
    const [from, to] = [a ? at(dayNumber(a)) : 0, d ? at(dayNumber(d) + 1) : 100];
    const sure = b && c && b <= c ? [at(dayNumber(b)), at(dayNumber(c) + 1)] : null;
    const [left, right] = sure ?? [at(dayNumber(low)), at(dayNumber(high) + 1)];
    const faded = (open, side) => `url(#${open ? 'open' : 'faded'}-${side}-${look.split(' ').pop()})`;
    parts.push(part(from, Math.max(left, from), faded(!a, 'left')));
    parts.push(part(left, right, sure ? filled : `url(#within-${look.split(' ').pop()})`));
    parts.push(part(Math.min(right, to), to, faded(!d, 'right')));
  }
  const dots = [...new Set(marks)].sort().map((text) => {
    const [first, last] = daysOf(text).map(dayNumber);
    return make('circle', { cx: `${at((first + last + 1) / 2)}%`, cy: 14, r: 4, fill: css('--card'), stroke: edge, 'stroke-width': 2 });
  });
  return make('svg', { class: 'track', width: '100%', height: 28, 'aria-hidden': 'true' }, grid, parts, dots);
}

/* How bars fade, for each colour that one has: towards an open end to nothing. */
function fadesOf(rows) {
  const looked = [...new Set(rows.map(({ look }) => look))];
  const fade = (name, look, from, to) => {
    const [fill] = colours(look);
    const stops = [from, to].map((opacity, at) => make('stop', { offset: at, 'stop-color': fill, 'stop-opacity': opacity }));
    return make('linearGradient', { id: `${name}-${look.split(' ').pop()}` }, stops);
  };
  const kinds = [['open-left', 0, 0.34], ['open-right', 0.34, 0], ['faded-left', 0.28, 0.55], ['faded-right', 0.55, 0.28], ['within', 0.6, 0.6]];
  return make('defs', {}, looked.flatMap((look) => kinds.map(([name, from, to]) => fade(name, look, from, to))));
}

function axisHead({ ticks, at }, rows) {
  const numbers = ticks.map((year) => make('text', { x: `${at(dayNumber(`${year}-01-01`))}%`, y: 16, class: 'year' }, `${year}`));
  return make('svg', { class: 'axis', width: '100%', height: 22, 'aria-hidden': 'true' }, fadesOf(rows), numbers);
}

function timelineItem(each, axis) {
  const marks = [...new Set(each.marks)].sort().map(moment);
  const told = marks.length && !each.fact.attested ? said('marksAt', { c: marks.join(', ') }) : '';
  return make(
    'li',
    { class: 'span' },
    make(
      'div',
      {},
      press({ class: 'go', 'data-hold': `span ${each.key}`, 'aria-pressed': `${state.chosen === each.key}` }, () => choose(each.key), each.says()),
      make('p', { class: 'when' }, boundsText(each.fact), told && make('span', { class: 'unseen' }, ` ${told}`)),
    ),
    barOf(each, axis),
  );
}

function showTimeline() {
  const groups = timelineRows();
  const sheet = byId('timeline');
  sheet.setAttribute('aria-label', word('timeline'));
  if (!groups.length || !reach) return fill(sheet, make('p', { class: 'empty' }, word(groups.length ? 'timeNone' : 'nothing')));
  const axis = axisOf();
  const orders = ['begin', 'name'].map((by) => {
    const run = () => {
      ordering.by = by;
      showTimeline();
    };
    return press({ 'aria-pressed': `${ordering.by === by}`, 'data-hold': `order ${by}` }, run, word(by === 'begin' ? 'orderBegin' : 'orderName'));
  });
  return fill(
    sheet,
    make('div', { class: 'sheet-head' }, make('div', { class: 'switch small', role: 'group', 'aria-label': word('order') }, orders), make('p', { class: 'note' }, word('timelineSays'))),
    make('div', { class: 'span axis-row' }, make('span', {}), axisHead(axis, groups.flatMap(([, rows]) => rows))),
    groups.map(([name, rows]) => [
      make('h2', {}, upper(word(name)), make('span', { class: 'count' }, ` ${rows.length}`)),
      make('ul', {}, inOrder(rows).map((each) => timelineItem(each, axis))),
    ]),
  );
}
