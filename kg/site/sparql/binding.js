/* Binding: a question's parameters put in their places, as kg/parameters.py does: one term each, nothing else. */
(() => {
  'use strict';
  const page = (window.kgSparql = window.kgSparql || {});

  const ALWAYS = ['0001-01-01', '9999-12-31'];
  const LANGUAGES = ['en', 'sv'];
  const DAY = '^^<http://www.w3.org/2001/XMLSchema#date>';
  const TERM = '<[^<>]*>|"(?:[^"\\\\]|\\\\.)*"(?:@[\\w-]+|\\^\\^\\S+)?|[^\\s{}]+';
  const PASSED = '#[^\\n]*|<[^<>\\s]*>|"(?:[^"\\\\\\n]|\\\\.)*"|\'(?:[^\'\\\\\\n]|\\\\.)*\'';
  const SHORT = { '\b': '\\b', '\t': '\\t', '\n': '\\n', '\f': '\\f', '\r': '\\r', '"': '\\"', '\\': '\\\\' };

  /** A value that is not of its parameter's type: `key` is the word that says so. */
  class Refused extends Error {
    constructor(key, values = {}) {
      super(key);
      Object.assign(this, { key, values });
    }
  }

  /** What stands for a parameter in a text; its first group is the term. Names are letters and digits. */
  function pattern(param) {
    if (param.type === 'period') {
      const names = `\\(\\s*\\?${param.variable}Start\\s+\\?${param.variable}End\\s*\\)`;
      return `VALUES\\s*${names}\\s*\\{\\s*\\(([^()]*)\\)\\s*\\}`;
    }
    return `VALUES\\s*\\?${param.variable}\\s*\\{\\s*(${TERM})\\s*\\}`;
  }

  /** Give where a parameter's term stands in a text: [from, to], or nothing; a string may read like such a place. */
  function place(param, text) {
    for (const found of text.matchAll(new RegExp(`${PASSED}|${pattern(param)}`, 'dg'))) {
      if (found.indices[1]) return found.indices[1];
    }
    return null;
  }

  /** Write a text as a literal. */
  function literal(text) {
    const escaped = text.replace(
      // What a literal cannot hold as it is, and what an editor or a terminal would not show.
      /["\\\u0000-\u001f\u007f\ufffe\uffff]/g,
      (sign) => SHORT[sign] || `\\u${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`,
    );
    return `"${escaped}"`;
  }

  /** Write an IRI; one that could end its own brackets is refused. */
  function node(iri) {
    if (!/^[A-Za-z][A-Za-z0-9+.-]*:[^\u0000-\u0020<>"{}|^`\\]*$/.test(iri)) throw new Refused('not an iri');
    return `<${iri}>`;
  }

  /** Give the first and the last day of a year, a month or a day. */
  function days(value) {
    if (value === 'always') return ALWAYS;
    const found = /^([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?$/.exec(value);
    if (!found || found[1] === '0000') throw new Refused('not a period');
    const [, year, month, day] = found;
    if (!month) return [`${year}-01-01`, `${year}-12-31`];
    if (month < '01' || month > '12') throw new Refused('not a period');
    const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
    const last = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
    if (day && (day < '01' || Number(day) > last)) throw new Refused('not a period');
    return day ? [value, value] : [`${value}-01`, `${value}-${last}`];
  }

  /** Write a value as the terms of a parameter; `find` gives the IRI of a thing by its name and kind. */
  async function terms(param, value, find) {
    if (!value.isWellFormed?.() && /[\ud800-\udfff]/u.test(value)) throw new Refused('not a text');
    if (param.type === 'period') {
      const [first, last] = days(value);
      return `"${first}"${DAY} "${last}"${DAY}`;
    }
    if (param.type === 'number') {
      if (!/^-?[0-9]{1,15}$/.test(value)) throw new Refused('not a number');
      return value;
    }
    if (param.type === 'language' && !LANGUAGES.includes(value)) throw new Refused('not a language');
    if (param.type === 'text' || param.type === 'language') return literal(value);
    return node(await find(value, param.type === 'thing' ? '' : param.type));
  }

  /** Put one value into a text. */
  async function put(param, value, text, find) {
    const written = await terms(param, value, find);
    const span = place(param, text);
    if (!span) throw new Refused('no place', { name: param.name });
    return { from: span[0], to: span[1], insert: written };
  }

  /** Put values, by the names of parameters, into the text of a question. */
  async function bind(question, values, find) {
    let { text } = question;
    for (const [name, value] of Object.entries(values)) {
      const param = question.params.find((one) => one.name === name);
      if (!param) throw new Refused('no parameter', { name });
      const change = await put(param, value, text, find);
      text = text.slice(0, change.from) + change.insert + text.slice(change.to);
    }
    return text;
  }

  page.binding = { Refused, bind, put, place, literal, days };
})();
