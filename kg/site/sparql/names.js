/* Names: which thing people mean by a name, an alias, a key or an IRI, asked of the graph as kg/names.py does. */
(() => {
  'use strict';
  const page = (window.kgSparql = window.kgSparql || {});

  const LABELS = [
    'http://www.w3.org/2004/02/skos/core#prefLabel',
    'http://www.w3.org/2004/02/skos/core#altLabel',
    'http://www.w3.org/2004/02/skos/core#hiddenLabel',
    'http://xmlns.com/foaf/0.1/name',
    'http://purl.org/dc/terms/title',
  ];
  const RDFS_LABEL = 'http://www.w3.org/2000/01/rdf-schema#label';
  const MOST = 50000;
  const LISTED = 1500;
  const SHOWN = 8;

  /** Give a name without case and diacritics. */
  function fold(text) {
    const plain = text.toUpperCase().toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '');
    return plain.split(/\s+/u).filter(Boolean).join(' ');
  }

  /** Give an IRI as kind and key. */
  function short(iri) {
    const parts = iri.split('/');
    return `${parts.length > 1 ? parts.at(-2) : ''}:${parts.at(-1)}`;
  }

  /**
   * Make the look-up of names.
   * known: { base, concepts, kinds }; select(text): the rows of a SELECT, { variable: text }.
   */
  function names(known, select) {
    const { literal, Refused } = page.binding;
    const safe = (iri) => /^[A-Za-z][A-Za-z0-9+.-]*:[^\u0000-\u0020<>"{}|^`\\]*$/.test(iri);

    async function there(iris) {
      const nodes = iris.filter(safe).map((iri) => `<${iri}>`);
      if (!nodes.length) return [];
      const text = `SELECT DISTINCT ?thing WHERE { VALUES ?thing { ${nodes.join(' ')} } ?thing ?p ?o }`;
      // What Oxigraph takes for no IRI names nothing.
      const rows = await select(text).catch((error) => {
        if (error.reason === 'said') return [];
        throw error;
      });
      return rows.map((row) => row.thing).sort();
    }

    async function byIri(word, spaces) {
      let bare = word.replace(/^</, '').replace(/>$/, '');
      if (!/^https?:\/\//.test(bare)) {
        const colon = word.indexOf(':');
        const prefix = word.slice(0, Math.max(colon, 0));
        const key = word.slice(colon + 1);
        if (colon < 0 || !key || key.includes('/')) return '';
        bare = known.kinds.includes(prefix) ? `${known.base}${prefix}/${key}` : `${known.concepts}${prefix}/${key}`;
      }
      if (!spaces.some((space) => bare.startsWith(space))) return '';
      return (await there([bare])).length ? bare : '';
    }

    function labelled(space, condition = '') {
      const properties = LABELS.map((label) => `<${label}>`).join(' ');
      return select(
        `SELECT ?thing ?label WHERE { VALUES ?property { ${properties} } ?thing ?property ?label . ` +
          `FILTER(STRSTARTS(STR(?thing), ${literal(space)})) ${condition} } LIMIT ${MOST}`,
      );
    }

    async function byLabel(word, space) {
      let rows = await labelled(space, `FILTER(LCASE(STR(?label)) = ${literal(word.toLowerCase())})`);
      if (!rows.length) rows = (await labelled(space)).filter((row) => fold(row.label) === fold(word));
      return [...new Set(rows.map((row) => row.thing))].sort();
    }

    /** Give the IRI of the thing that a name means; kind is one of things, 'concept <scheme>', or '' for any. */
    async function find(name, kind) {
      const word = name.trim().normalize('NFC');
      const scheme = kind.startsWith('concept ') ? kind.slice('concept '.length) : '';
      const space = scheme ? `${known.concepts}${scheme}/` : known.base + (kind ? `${kind}/` : '');
      const exact = await byIri(word, kind ? [space] : [space, known.concepts]);
      if (exact) return exact;
      const keys = kind ? [space + word] : known.kinds.map((each) => `${space}${each}/${word}`);
      let found = await there(keys);
      if (!found.length) found = await byLabel(word, space);
      if (!found.length && !kind) found = await byLabel(word, known.concepts);
      if (found.length === 1) return found[0];
      if (found.length) throw new Refused('many names', { names: found.slice(0, SHOWN).map(short).join(', ') });
      throw new Refused('no name');
    }

    /** List things of a kind by name: [name, IRI], each name once; what shares a name is kind and key. */
    async function list(kind, language) {
      const scheme = kind.startsWith('concept ') ? kind.slice('concept '.length) : '';
      const space = scheme ? `${known.concepts}${scheme}/` : known.base + (kind === 'thing' ? '' : `${kind}/`);
      const filter = `FILTER(STRSTARTS(STR(?thing), ${literal(space)}) && !CONTAINS(STR(?thing), "#"))`;
      // Memberships and statements have labels too, and are no things that people choose.
      const chosen = kind === 'thing' ? '?thing <https://w3id.org/innovation-kg/ontology#certainty> ?certainty .' : '';
      const properties = [...LABELS.filter((label) => !/altLabel|hiddenLabel/.test(label)), RDFS_LABEL];
      const rows = await select(
        `SELECT DISTINCT ?thing ?label (LANG(?label) AS ?language) WHERE { ` +
          `VALUES ?property { ${properties.map((label) => `<${label}>`).join(' ')} } ` +
          `?thing ?property ?label . ${chosen} ${filter} } LIMIT ${MOST}`,
      );
      const best = new Map();
      for (const { thing, label, language: spoken } of rows) {
        const rank = 2 * (spoken === language) + (spoken === 'en');
        const had = best.get(thing);
        if (!had || rank > had[0] || (rank === had[0] && label < had[1])) best.set(thing, [rank, label]);
      }
      const count = new Map();
      for (const [, label] of best.values()) count.set(fold(label), (count.get(fold(label)) || 0) + 1);
      const named = [...best].map(([iri, [, label]]) => [count.get(fold(label)) > 1 ? short(iri) : label, iri]);
      return named.sort((a, b) => a[0].localeCompare(b[0], language)).slice(0, LISTED);
    }

    return { find, list };
  }

  page.names = Object.assign(names, { fold, short });
})();
