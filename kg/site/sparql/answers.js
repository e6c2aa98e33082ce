/* Answers: SPARQL results as rows of terms, what is shown of them, and the forms that they are saved in. */

const XSD = 'http://www.w3.org/2001/XMLSchema#';
const RDF_TYPE = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type';
const NUMBERS = new Set(
  ('integer decimal double float int long short byte nonNegativeInteger positiveInteger unsignedInt unsignedLong')
    .split(' ')
    .map((name) => XSD + name),
);
const SPO = ['subject', 'predicate', 'object'];

/** Read SPARQL results in JSON: rows of terms, or a yes or no. */
export function ofResults(json) {
  const read = JSON.parse(json);
  if ('boolean' in read) {
    const value = { type: 'literal', value: String(read.boolean), datatype: `${XSD}boolean` };
    return { kind: 'boolean', value: read.boolean, columns: ['answer'], rows: [[value]], json };
  }
  const columns = read.head.vars;
  const rows = read.results.bindings.map((row) => columns.map((name) => row[name] || null));
  return { kind: 'rows', columns, rows, json };
}

/** Read N-Triples as Oxigraph writes them: rows of three terms, in order, each once. */
export function ofGraph(text) {
  const lines = [...new Set(text.split('\n').filter(Boolean))].sort();
  const rows = lines.map((line) => {
    const [, subject, predicate, object] = /^(\S+) (\S+) (.*) \.$/.exec(line) || [null, line, '', ''];
    return [subject, predicate, object].map(termOf);
  });
  return { kind: 'graph', columns: SPO, rows, lines };
}

function termOf(text) {
  if (text.startsWith('<') && !text.startsWith('<<')) return { type: 'uri', value: unescaped(text.slice(1, -1)) };
  if (text.startsWith('_:')) return { type: 'bnode', value: text.slice(2) };
  const found = /^"((?:[^"\\]|\\.)*)"(?:@([\w-]+)|\^\^<([^>]*)>)?$/.exec(text);
  if (!found) return { type: 'literal', value: text };
  const term = { type: 'literal', value: unescaped(found[1]) };
  if (found[2]) term['xml:lang'] = found[2];
  if (found[3]) term.datatype = found[3];
  return term;
}

const SIGNS = { t: '\t', b: '\b', n: '\n', r: '\r', f: '\f' };

function unescaped(text) {
  return text.replace(/\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/g, (_, four, eight, sign) =>
    sign ? SIGNS[sign] || sign : String.fromCodePoint(parseInt(four || eight, 16)),
  );
}

/** Give the columns that are shown, as the terminal has them: ?xLabel in place of ?x, and none that is empty. */
export function shape(answer) {
  const { columns, rows } = answer;
  const found = [];
  columns.forEach((name, term) => {
    if (name.endsWith('Label') && columns.includes(name.slice(0, -5))) return;
    const label = columns.indexOf(`${name}Label`);
    const filled = rows.some((row) => row[term] || (label >= 0 && row[label]));
    if (!filled) return;
    const numeric = rows.every((row) => !row[term] || isNumber(row[term]));
    found.push({ name, term, label, numeric });
  });
  return found.length ? found : columns.map((name, term) => ({ name, term, label: -1, numeric: false }));
}

export function isNumber(term) {
  return Boolean(term && term.type === 'literal' && NUMBERS.has(term.datatype));
}

/** Give a term as people read it: a literal's text; an IRI by kind and key, or by a prefix. */
export function text(term, settings) {
  if (!term) return '';
  if (term.type === 'uri') return shortened(term.value, settings);
  if (term.type === 'bnode') return `_:${term.value}`;
  return typeof term.value === 'string' ? term.value : turtle(term);
}

function shortened(iri, { base, concepts, prefixes }) {
  const ours = iri.startsWith(base) || iri.startsWith(concepts);
  if (ours && !iri.includes('#')) return iri.split('/').slice(-2).join(':');
  return curie(iri, prefixes) || iri;
}

function curie(iri, prefixes) {
  for (const [prefix, space] of Object.entries(prefixes)) {
    const rest = iri.startsWith(space) ? iri.slice(space.length) : '';
    if (/^[A-Za-z_][\w-]*$/.test(rest)) return `${prefix}:${rest}`;
  }
  return '';
}

/** Give the rows in the order of a shown column; without one, as they were answered. */
export function sorted(answer, column, descending, settings, language) {
  const by = shape(answer).find(({ name }) => name === column);
  if (!by) return answer.rows;
  const { compare } = new Intl.Collator(language, { numeric: true });
  const key = (row) => row[by.label >= 0 && row[by.label] ? by.label : by.term];
  const keyed = answer.rows.map((row) => {
    const term = key(row);
    return [term ? (isNumber(term) ? Number(term.value) : text(term, settings)) : null, row];
  });
  const sign = descending ? -1 : 1;
  keyed.sort(([one], [other]) => {
    if (one === null || other === null) return (one === null) - (other === null);
    const both = typeof one === 'number' && typeof other === 'number';
    return sign * (both ? one - other : compare(String(one), String(other)));
  });
  return keyed.map(([, row]) => row);
}

/** Give the ties of an answer: [[iri, name], [iri, name], what joins them]. */
export function* ties(answer, edges, fixed) {
  const named = answer.kind === 'graph' ? [[0, 2]] : edges;
  const at = new Map(answer.columns.map((name, place) => [name, place]));
  for (const row of answer.rows) {
    for (const pair of named) {
      const [one, other] = pair.map((name) => end(row, name, at, fixed));
      const label = answer.kind === 'graph' && row[1] ? row[1].value.split(/[/#]/).pop() : '';
      if (one && other) yield [one, other, label];
    }
  }
}

function end(row, name, at, fixed) {
  const term = typeof name === 'number' ? row[name] : row[at.get(name)];
  const iri = term ? (term.type === 'uri' ? term.value : '') : fixed[name];
  const label = at.has(`${name}Label`) && row[at.get(`${name}Label`)];
  return iri ? [iri, label ? label.value : ''] : null;
}

/* The forms of the W3C: https://www.w3.org/TR/sparql11-results-csv-tsv/ */

function csv({ kind, value, columns, rows }) {
  if (kind === 'boolean') return String(value);
  const cell = (words) => (/[",\r\n]/.test(words) ? `"${words.replace(/"/g, '""')}"` : words);
  const plain = (term) => (term ? (term.type === 'bnode' ? `_:${term.value}` : whole(term)) : '');
  return [columns, ...rows.map((row) => row.map(plain))].map((line) => `${line.map(cell).join(',')}\r\n`).join('');
}

function tsv({ kind, value, columns, rows }) {
  if (kind === 'boolean') return String(value);
  const head = columns.map((name) => `?${name}`);
  return [head, ...rows.map((row) => row.map((term) => (term ? turtle(term, true) : '')))]
    .map((line) => `${line.join('\t')}\n`)
    .join('');
}

const whole = (term) => (typeof term.value === 'string' ? term.value : turtle(term));

const SHORT = {
  integer: /^[+-]?[0-9]+$/,
  decimal: /^[+-]?[0-9]*\.[0-9]+$/,
  double: /^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)[eE][+-]?[0-9]+$/,
  boolean: /^(?:true|false)$/,
};

/** Write a term as Turtle has it, numbers short; with `prefixes`, IRIs by their prefix. */
function turtle(term, terse = false, prefixes = null) {
  if (term.type === 'bnode') return `_:${term.value}`;
  if (term.type === 'uri') {
    return (prefixes && curie(term.value, prefixes)) || `<${term.value}>`;
  }
  if (typeof term.value !== 'string') {
    const { subject, predicate, object } = term.value;
    return `<<( ${[subject, predicate, object].map((part) => turtle(part)).join(' ')} )>>`;
  }
  const { datatype, 'xml:lang': language } = term;
  const pattern = terse && datatype && datatype.startsWith(XSD) && SHORT[datatype.slice(XSD.length)];
  if (pattern && pattern.test(term.value)) return term.value;
  const name = { '\t': 't', '\n': 'n', '\r': 'r', '"': '"', '\\': '\\' };
  const words = term.value.replace(/["\\\t\n\r]/g, (sign) => `\\${name[sign]}`);
  if (language) return `"${words}"@${language}`;
  return datatype && datatype !== `${XSD}string` ? `"${words}"^^${turtle({ type: 'uri', value: datatype }, false, prefixes)}` : `"${words}"`;
}

/** Write a graph as Turtle, a subject at a time, with the prefixes that it uses. */
function graph({ rows }, prefixes) {
  const subjects = new Map();
  for (const [subject, predicate, object] of rows) {
    const name = turtle(subject, false, prefixes);
    const verb = predicate.value === RDF_TYPE ? 'a' : turtle(predicate, false, prefixes);
    if (!subjects.has(name)) subjects.set(name, new Map());
    const about = subjects.get(name);
    about.set(verb, [...(about.get(verb) || []), turtle(object, true, prefixes)]);
  }
  const blocks = [...subjects].map(([name, about]) => {
    const verbs = [...about].sort(([one], [other]) => (other === 'a') - (one === 'a'));
    return `${name} ${verbs.map(([verb, objects]) => `${verb} ${objects.join(', ')}`).join(' ;\n    ')} .\n`;
  });
  const body = blocks.join('\n');
  const used = Object.entries(prefixes).filter(([prefix]) => new RegExp(`(?:^|[\\s^])${prefix}:`, 'm').test(body));
  return `${used.map(([prefix, space]) => `@prefix ${prefix}: <${space}> .\n`).join('')}\n${body}`;
}

export const WRITERS = {
  csv: (answer) => ({ text: csv(answer), media: 'text/csv;charset=utf-8', suffix: 'csv' }),
  tsv: (answer) => ({ text: tsv(answer), media: 'text/tab-separated-values;charset=utf-8', suffix: 'tsv' }),
  json: (answer) => ({ text: answer.json, media: 'application/sparql-results+json', suffix: 'srj' }),
  ttl: (answer, prefixes) => ({ text: graph(answer, prefixes), media: 'text/turtle', suffix: 'ttl' }),
  nt: (answer) => ({ text: answer.lines.map((line) => `${line}\n`).join(''), media: 'application/n-triples', suffix: 'nt' }),
};
