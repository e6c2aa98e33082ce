/* What is shown, to be taken away: things and ties, or organisations and pairs, with plain values. */
const FORMULA = /^[\s\u00a0\u200b-\u200f\ufeff']*[=+\-@\u2212\ufe62\ufe63\ufe66\ufe6b\uff0b\uff0d\uff1d\uff20]|^[\t\r\n]/;
const citation = ({ source, first, last }) => `${source}:${first === last ? first : `${first}-${last}`}`;
const sourcesText = (facts) => [...new Set(facts.flatMap(({ citations }) => citations.map(citation)))].join('; ');
const languagesOf = (name, label) =>
  Object.fromEntries(Object.entries(label ?? {}).filter(([language]) => language).map(([language, text]) => [`${name}_${language}`, text]));
const timesOf = (fact) => {
  const { earliestStart, latestStart, earliestEnd, latestEnd } = fact;
  return { start: fact.start, end: fact.end, attested: fact.attested, earliestStart, latestStart, earliestEnd, latestEnd };
};

function thingValues(key) {
  const thing = data.things[key];
  return {
    id: key,
    label: textOf(thing.label),
    ...languagesOf('label', thing.label),
    iri: thing.iri,
    kind: thing.kind,
    helix: thing.helix,
    classification: textOf(thing.classification),
    aliases: thing.aliases.join('; '),
    ties: sceneEdgesOf(key).length,
    ...timesOf(thing),
    certainty: thing.certainty,
    sources: sourcesText([thing]),
  };
}

function tieValues({ id, from, to }) {
  const tie = data.ties[id];
  return {
    id,
    source: from,
    target: to,
    source_label: nameOf(from),
    label: textOf(tie.label),
    target_label: nameOf(to),
    ...languagesOf('label', tie.label),
    iri: tie.iri,
    type: tie.type,
    role: tie.role,
    through: tie.through.map(({ key }) => key).join('; '),
    ...timesOf(tie),
    certainty: tie.certainty,
    reason: tie.reason,
    holds: state.time.mode === 'as-of' ? now.edges.get(id) : '',
    sources: sourcesText([tie]),
  };
}

function pairValues({ id, from, to, initiatives, shared, held }) {
  const ties = shared.flatMap(({ one, other }) => [data.ties[one], data.ties[other]]);
  return {
    id: id.replace(' ', '--'),
    source: from,
    target: to,
    source_label: nameOf(from),
    label: initiatives.map(nameOf).join('; '),
    target_label: nameOf(to),
    weight: initiatives.length,
    initiatives: initiatives.join('; '),
    roles: shared.map(({ one, other }) => `${data.ties[one].role} + ${data.ties[other].role}`).join('; '),
    holds: state.time.mode === 'as-of' ? held : '',
    sources: sourcesText(ties),
  };
}

/* The things and ties that are shown, or in their view the organisations and what they share. */
function portion() {
  const pairs = state.view === 'organisations';
  const from = pairs ? SCENES.organisations : SCENES.network;
  const nodes = from.nodes.filter(({ id }) => now.nodes.has(id)).map(({ id }) => thingValues(id));
  const drawn = from.edges().filter(({ id }) => from.held(id));
  return { directed: !pairs, nodes, edges: drawn.map(pairs ? pairValues : tieValues) };
}

/* The columns of some rows: those in which one has a value. */
const columnsOf = (rows) =>
  [...new Set(rows.flatMap(Object.keys))].filter((name) => rows.some((each) => each[name] !== '' && each[name] != null));

/* CSV as RFC 4180 has it; a cell that a spreadsheet would take for a formula has an apostrophe before it. */
function csvOf(rows) {
  const cell = (value) => {
    const text = `${value ?? ''}`;
    const safe = typeof value === 'string' && FORMULA.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const columns = columnsOf(rows);
  const lines = [columns, ...rows.map((each) => columns.map((name) => each[name]))];
  return lines.map((line) => `${line.map(cell).join(',')}\r\n`).join('');
}

/* What XML 1.0 cannot hold has the replacement character in its place. */
const xml = (text) =>
  `${text}`
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replace(/[&<>"\r]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\r': '&#13;' })[sign]);

/* GraphML, as http://graphml.graphdrawing.org/specification.html has it. */
function graphmlOf({ directed, nodes: things, edges: ties }) {
  const names = { node: columnsOf(things).filter((name) => name !== 'id') };
  names.edge = columnsOf(ties).filter((name) => !['id', 'source', 'target'].includes(name));
  const type = (rows, name) => (rows.every((each) => [undefined, 'number'].includes(typeof each[name])) ? 'long' : 'string');
  const keys = ['node', 'edge'].flatMap((of) =>
    names[of].map((name, at) => `  <key id="${of}-${at}" for="${of}" attr.name="${xml(name)}" attr.type="${type(of === 'node' ? things : ties, name)}"/>`),
  );
  const values = (of, each) =>
    names[of].flatMap((name, at) =>
      each[name] === '' || each[name] == null ? [] : `      <data key="${of}-${at}">${xml(each[name])}</data>`,
    );
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    ...keys,
    `  <graph edgedefault="${directed ? 'directed' : 'undirected'}">`,
    `    <desc>${xml(originText())}</desc>`,
    ...things.flatMap((each) => [`    <node id="${xml(each.id)}">`, ...values('node', each), '    </node>']),
    ...ties.flatMap((each) => [
      `    <edge id="${xml(each.id)}" source="${xml(each.source)}" target="${xml(each.target)}">`,
      ...values('edge', each),
      '    </edge>',
    ]),
    '  </graph>',
    '</graphml>',
    '',
  ].join('\n');
}

/* JSON: what the page knows of each thing and tie that is shown, and the state that shows them. */
function jsonOf() {
  const { nodes: things, edges: ties, directed } = portion();
  const whole = {
    dataset: { title: data.title, ...data.dataset },
    state: differing(),
    directed,
    nodes: things.map(({ id }) => ({ key: id, ...data.things[id] })),
    edges: directed ? ties.map(({ id, source, target }) => ({ key: id, from: source, to: target, ...data.ties[id] })) : ties,
  };
  return `${JSON.stringify(whole, null, 2)}\n`;
}

/* The documents that what is shown is cited from, in the order of their titles. */
function documentsShown() {
  const keys = new Set([...now.edges.keys()].flatMap(sourcesOf));
  const { compare } = new Intl.Collator(state.language);
  return [...keys].map((key) => documents.get(key)).sort((a, b) => compare(a.title, b.title));
}

/* What a picture or file shows, and of when, in a line. */
function originText() {
  const { version, date } = data.dataset;
  const when = state.time.mode === 'all' ? '' : `${word('time')}: ${timeInShort()}`;
  return [plain(textOf(data.title)), version && `${word('version')} ${version}`, date && moment(date), byId('status').textContent, when, byId('why').textContent.replace(/^· /, '')]
    .filter(Boolean)
    .join(' · ');
}
