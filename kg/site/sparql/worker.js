/* Worker: the graph in Oxigraph's WebAssembly build; it keeps the last answer and gives of it what is shown. */
import init, { Store, namedNode } from './oxigraph.js';
import * as answers from './answers.js';
import { layout } from './layout.js';

const JSON_RESULTS = 'application/sparql-results+json';
const LABELS = [
  'http://www.w3.org/2004/02/skos/core#prefLabel',
  'http://purl.org/dc/terms/title',
  'http://xmlns.com/foaf/0.1/name',
  'http://www.w3.org/2000/01/rdf-schema#label',
];
const MOST_NODES = 150;

let store = null;
let settings = null;
let answer = null;
const linked = new Map(); // IRIs whose pages were looked for, and what was found

const DO = {
  async load({ module, data, settings: given }) {
    settings = given;
    await init({ module_or_path: module });
    store = new Store();
    store.load(new TextDecoder().decode(data), { format: 'application/trig', no_transaction: true });
    return { size: store.size };
  },

  ask({ text, kind }) {
    answer = null;
    const format = kind === 'graph' ? 'application/n-triples' : JSON_RESULTS;
    const given = store.query(text, { results_format: format });
    answer = kind === 'graph' ? answers.ofGraph(given) : answers.ofResults(given);
    const { columns, rows } = answer;
    return { kind: answer.kind, value: answer.value, columns: answers.shape(answer), all: columns, count: rows.length };
  },

  /** Give some of the rows as they are shown, in an order that people choose. */
  rows({ from, count, column, descending, language }) {
    const order = answers.sorted(answer, column, descending, settings, language);
    const shown = answers.shape(answer);
    return order.slice(from, from + count).map((row) =>
      shown.map(({ term, label }) => {
        const node = row[term];
        const cell = { text: answers.text(label >= 0 && row[label] ? row[label] : node, settings) };
        if (node && node.type === 'uri') Object.assign(cell, { iri: node.value, link: link(node.value) });
        if (answers.isNumber(node)) cell.number = Number(node.value);
        return cell;
      }),
    );
  },

  write({ form, prefixes }) {
    return answers.WRITERS[form](answer, prefixes);
  },

  /** Answer a question of the page's own; the answer that people see stays. */
  select({ text }) {
    const { columns, rows } = answers.ofResults(store.query(text, { results_format: JSON_RESULTS }));
    return rows.map((row) => Object.fromEntries(columns.map((name, place) => [name, row[place] ? row[place].value : ''])));
  },

  /** Give the picture of the ties between pairs of columns; `fixed` has the things that parameters mean. */
  network({ edges, fixed, language }) {
    const names = new Map();
    const ties = new Map();
    for (const [one, other, label] of answers.ties(answer, edges, fixed)) {
      for (const [iri, name] of [one, other]) if (!names.get(iri)) names.set(iri, name);
      const key = JSON.stringify([one[0], other[0]]);
      const tie = ties.get(key) || { one: one[0], other: other[0], labels: new Set() };
      if (label) tie.labels.add(label);
      ties.set(key, tie);
    }
    const kept = [...names.keys()].slice(0, MOST_NODES);
    const place = new Map(kept.map((iri, at) => [iri, at]));
    const drawn = [...ties.values()].filter((tie) => place.has(tie.one) && place.has(tie.other));
    const pairs = drawn.map((tie) => [place.get(tie.one), place.get(tie.other)]);
    const nodes = layout(kept.length, pairs).map(([x, y], at) => {
      const iri = kept[at];
      return { x, y, name: names.get(iri) || called(iri, language), kind: kindOf(iri), link: link(iri) };
    });
    return {
      nodes,
      edges: pairs.map(([from, to], at) => ({ from, to, label: [...drawn[at].labels].slice(0, 3).join(', ') })),
      left: names.size - kept.length,
    };
  },
};

/** Give the link to an IRI's page on this site, if it has one, else to the Web's. */
function link(iri) {
  if (!linked.has(iri)) linked.set(iri, page(iri));
  return linked.get(iri);
}

function page(iri) {
  const [bare] = iri.split('#', 1);
  const fragment = iri.slice(bare.length);
  let folder = '';
  if (`${bare}#` === settings.ontology) folder = 'ontology';
  else if (bare.startsWith(settings.base) && bare !== settings.base) {
    if (!mentioned(iri)) return '';
    folder = settings.things + segments(bare.slice(settings.base.length));
  } else if (bare.startsWith(settings.concepts) && bare !== settings.concepts) {
    if (!mentioned(iri)) return '';
    folder = `concept/${segments(bare.slice(settings.concepts.length))}`;
  }
  if (folder) return `../${folder}/${settings.index}${fragment && encodeFragment(fragment)}`;
  return /^https?:\/\/[^\s<>"`\\]+$/.test(iri) ? iri : '';
}

const encodeFragment = (fragment) => `#${encodeURIComponent(fragment.slice(1)).replace(/%3D/g, '=').replace(/%2C/g, ',')}`;

function segments(path) {
  const named = path.split('/').map((part) => settings.digests[part] || part);
  return named.map((part) => encodeURIComponent(part)).join('/');
}

function mentioned(iri) {
  const node = namedNode(iri);
  return store.match(node, null, null).length > 0 || store.match(null, null, node).length > 0;
}

function kindOf(iri) {
  return iri.startsWith(settings.base) ? iri.slice(settings.base.length).split('/', 1)[0] : '';
}

/** Give a thing's name in a language, else in another, else the end of its IRI. */
function called(iri, language) {
  for (const label of /^[A-Za-z][^\s<>"{}|^`\\]*$/.test(iri) ? LABELS : []) {
    const found = store.match(namedNode(iri), namedNode(label), null).map((quad) => quad.object);
    const best = found.find((name) => name.language === language) || found[0];
    if (best) return best.value;
  }
  return answers.text({ type: 'uri', value: iri }, settings);
}

onmessage = async ({ data: message }) => {
  try {
    postMessage({ number: message.number, done: await DO[message.do](message) });
  } catch (error) {
    const said = String(error && error.message ? error.message : error);
    const place = /error at (\d+):(\d+): /.exec(said);
    // What WebAssembly or the engine of scripts raises leaves Oxigraph in no state to go on.
    const fatal = !(error instanceof Error) || error.constructor !== Error;
    const [line, column] = place ? [Number(place[1]), Number(place[2])] : [0, 0];
    postMessage({ number: message.number, error: { message: said.replace(/^error at \d+:\d+: /, ''), line, column, fatal } });
  }
};
