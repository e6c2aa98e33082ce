/* Turtle: the triples behind what is shown, exactly those that the graph has. */

/* The keys whose triples are wanted: of all that is shown, or of what the pairs that are shown rest on. */
function keysBehind() {
  if (state.view !== 'organisations') return [...now.nodes, ...now.edges.keys()];
  const pairs = [...pairsNow().values()];
  const things = [...actors.map(({ id }) => id).filter((id) => now.nodes.has(id)), ...pairs.flatMap(({ initiatives }) => initiatives)];
  return [...new Set([...things, ...pairs.flatMap(({ shared }) => shared.flatMap(({ one, other }) => [one, other]))])];
}

/* All triples of some keys, as numbers of terms: by subject the predicates and objects. */
function triplesOf(keys) {
  const { about, of, links } = data.triples;
  const found = new Map();
  const add = (subject, predicate, object) => {
    if (!found.has(subject)) found.set(subject, new Map());
    const said = found.get(subject);
    said.set(predicate, (said.get(predicate) ?? new Set()).add(object));
  };
  for (const key of keys) {
    for (const subject of of[key] ?? [])
      for (let at = 0; at < about[subject].length; at += 2) add(subject, about[subject][at], about[subject][at + 1]);
    if (links[key]) add(...links[key]);
  }
  return found;
}

function turtleOf(keys = keysBehind()) {
  const { prefixes, terms } = data.triples;
  const used = new Set();
  const shorten = (iri) => {
    const [prefix, space] = Object.entries(prefixes).find(([, start]) => iri.startsWith(start)) ?? [];
    const name = space && iri.slice(space.length);
    if (!name || !/^[A-Za-z][\w-]*$/.test(name)) return `<${iri}>`;
    used.add(prefix);
    return `${prefix}:${name}`;
  };
  const written = (number) =>
    terms[number].startsWith('<')
      ? shorten(terms[number].slice(1, -1))
      : terms[number].replace(/\^\^<([^<>]*)>$/, (_, iri) => `^^${shorten(iri)}`);
  const byTerm = (a, b) => (terms[a] < terms[b] ? -1 : 1);
  const predicate = (number) => {
    const name = written(number);
    return name === 'rdf:type' ? 'a' : name;
  };
  const blocks = [...triplesOf(keys)]
    .sort(([a], [b]) => byTerm(a, b))
    .map(([subject, said]) => {
      const lines = [...said]
        .sort(([a], [b]) => byTerm(a, b))
        .map(([name, objects]) => `${predicate(name)} ${[...objects].sort(byTerm).map(written).join(', ')}`);
      return `${written(subject)} ${lines.join(' ;\n    ')} .\n`;
    });
  const heads = Object.entries(prefixes).filter(([prefix]) => used.has(prefix));
  const comment = `# ${plain(originText()).replace(/[\r\n]/g, ' ')}\n`;
  return `${comment}${heads.map(([prefix, iri]) => `@prefix ${prefix}: <${iri}> .\n`).join('')}\n${blocks.join('\n')}`;
}
