/* Lexer: what a SPARQL text is made of, also where it is not finished. */
(() => {
  'use strict';
  const page = (window.kgSparql = window.kgSparql || {});

  const PARTS = [
    ['comment', /#[^\n]*/y],
    ['text', /"""(?:[^"\\]|\\[^]|"(?!""))*(?:"""|$)|'''(?:[^'\\]|\\[^]|'(?!''))*(?:'''|$)/y],
    ['text', /"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?/y],
    ['iri', /<[^\s<>"{}|^`\\]*>/y],
    ['variable', /[?$][\p{L}\p{N}_]+/uy],
    ['tag', /@[A-Za-z][A-Za-z0-9-]*/y],
    ['number', /[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y],
    ['name', /(?:[\p{L}](?:[\p{L}\p{N}_.-]*[\p{L}\p{N}_-])?)?:(?:[\p{L}\p{N}_:%-]|\\.|\.(?=[\p{L}\p{N}_:%.\\-]))*/uy],
    ['blank', /_:[\p{L}\p{N}_.-]*/uy],
    ['word', /[\p{L}_][\p{L}\p{N}_]*/uy],
    ['space', /\s+/y],
    ['sign', /[^]/uy],
  ];

  /** Give the tokens of a text but for blanks: { type, text, from, to }. */
  function tokens(text) {
    const found = [];
    for (let at = 0; at < text.length; ) {
      for (const [type, pattern] of PARTS) {
        pattern.lastIndex = at;
        const match = pattern.exec(text);
        if (match && match[0]) {
          if (type !== 'space') found.push({ type, text: match[0], from: at, to: at + match[0].length });
          at += match[0].length;
          break;
        }
      }
    }
    return found;
  }

  const FORMS = ['SELECT', 'ASK', 'CONSTRUCT', 'DESCRIBE'];

  /** Give what a query answers with: rows, boolean, graph, or '' where it is none that is known. */
  function kindOf(text) {
    const form = tokens(text).find((token) => token.type === 'word' && FORMS.includes(token.text.toUpperCase()));
    return form ? { SELECT: 'rows', ASK: 'boolean' }[form.text.toUpperCase()] || 'graph' : '';
  }

  /** Give the prefixes that a text declares, and the first token of each that it uses without. */
  function prefixes(text) {
    const declared = new Set();
    const used = new Map();
    const all = tokens(text).filter((token) => token.type !== 'comment');
    all.forEach((token, place) => {
      if (token.type !== 'name') return;
      const prefix = token.text.slice(0, token.text.indexOf(':'));
      const before = all[place - 1];
      if (before && before.type === 'word' && before.text.toUpperCase() === 'PREFIX') declared.add(prefix);
      else if (!used.has(prefix)) used.set(prefix, token);
    });
    const missing = [...used].filter(([prefix]) => !declared.has(prefix));
    return { declared, missing: new Map(missing) };
  }

  /** Give a text with a declaration of each prefix that it uses, does not declare, and that is known. */
  function declaring(text, known) {
    const names = [...prefixes(text).missing.keys()].filter((prefix) => Object.hasOwn(known, prefix)).sort();
    if (!names.length) return { at: 0, insert: '' };
    const first = tokens(text).find((token) => token.type !== 'comment');
    const lines = names.map((name) => `PREFIX ${name}: <${known[name]}>\n`).join('');
    return { at: text.lastIndexOf('\n', first.from - 1) + 1, insert: lines };
  }

  /** Give the variables of a text, each once, with their sign. */
  function variables(text) {
    const found = tokens(text).filter((token) => token.type === 'variable');
    return [...new Set(found.map((token) => `?${token.text.slice(1)}`))];
  }

  page.lexer = { tokens, kindOf, prefixes, declaring, variables };
})();
