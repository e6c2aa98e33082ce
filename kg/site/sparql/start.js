/* Start: the parts of the page put together. */
(() => {
  'use strict';
  const page = (window.kgSparql = window.kgSparql || {});
  const { byId, make, spoken } = page.elements;
  const root = byId('sparql');
  if (!document.documentElement.classList.contains('scripted')) return;

  const LIMIT = 30000; // milliseconds that a question may take
  const { words, settings, language, languages } = JSON.parse(root.dataset.settings);
  const word = (key, values = {}) => (words[key] || key).replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '');
  const state = { question: null, values: {}, asked: '', running: null, known: null };
  const limit = () => page.limit ?? LIMIT;

  const engine = page.engine({ ...settings, index: settings.index }, progress);
  const select = (text) => engine.ask({ do: 'select', text });
  const names = page.names(settings, select);
  const form = page.fields({ word, language, languages, list: (kind) => names.list(kind, language), changed: put });
  const results = page.results({ word, language, ask: engine.ask, known: () => settings, edges, failed });
  const editor = page.writing(byId('editor'), {
    text: settings.example,
    label: word('query text'),
    language,
    known: () => state.known,
    run,
    changed: () => ((byId('error').hidden = true), editor && editor.mark(0)),
  });

  function progress({ loaded, part }) {
    // What is begun anew after an end is nobody's concern.
    if (state.running || engine.size()) return;
    say(part ? word('reading') : word('loading', { size: (loaded / 1e6).toLocaleString(language, { maximumFractionDigits: 1 }) }));
  }

  function say(text) {
    if (byId('state').textContent !== text) byId('state').textContent = text;
  }

  function loaded() {
    if (!state.running) say(word('ready', { size: engine.size().toLocaleString(language) }));
  }

  /* the questions of the library */

  async function library() {
    const response = await fetch('questions.json');
    if (!response.ok) throw new Error(`${response.status} questions.json`);
    state.known = await response.json();
    const groups = new Map();
    for (const question of state.known.questions) {
      const { text, ...lang } = spoken(question.summary, language);
      const option = make('option', { value: question.name, ...lang }, text);
      const group = spoken(question.group, language);
      groups.set(group.text, { lang: group.lang, options: [...(groups.get(group.text)?.options || []), option] });
    }
    const listed = [...groups].map(([label, { lang, options }]) => make('optgroup', { label, lang }, ...options));
    byId('question').append(...listed);
    byId('question').disabled = false;
  }

  const questionOf = (name) => state.known.questions.find((question) => question.name === name) || null;

  /** Take a question of the library, with values for its parameters. */
  async function take(question, values = {}) {
    Object.assign(state, { question, values: {} });
    byId('question').value = question ? question.name : '';
    const about = spoken(question?.description || {}, language);
    byId('about').textContent = about.text;
    byId('about').lang = about.lang || language;
    byId('about').hidden = !question;
    const given = { ...values };
    // What a question says in English first, a reader of Swedish gets in Swedish.
    const asked = question?.params.find((param) => param.type === 'language');
    if (asked && asked.value !== language) given[asked.name] ??= language;
    form.show(question, given);
    if (!question) return;
    editor.set(question.text);
    for (const [name, value] of Object.entries(given)) {
      try {
        await put(name, value);
      } catch (error) {
        if (!(error instanceof page.binding.Refused)) throw error;
        form.refuse(name, error);
        Object.assign(error.values, { value, ...error.values });
        throw error;
      }
    }
  }

  /** Put a value in the place of a parameter in the text, as it stands in the editor now. */
  async function put(name, value) {
    const param = state.question.params.find((one) => one.name === name);
    if (!param) throw new page.binding.Refused('no parameter', { name });
    const text = editor.text();
    const change = await page.binding.put(param, value, text, names.find);
    // The look-up may have taken a while, in which somebody went on writing.
    const now = editor.text() === text ? change : await page.binding.put(param, value, editor.text(), names.find);
    editor.change(now);
    state.values[name] = value;
  }

  /** Give the pairs of columns that are ties, and the things that parameters stand for. */
  function edges() {
    const { question, asked } = state;
    if (!question) return { edges: [], fixed: {} };
    const fixed = {};
    for (const param of question.params) {
      const span = page.binding.place(param, asked);
      const term = span ? asked.slice(...span) : '';
      if (term.startsWith('<')) fixed[param.variable] = term.slice(1, -1);
    }
    return { edges: question.edges, fixed };
  }

  /* asking */

  async function run() {
    if (state.running) return;
    const added = page.lexer.declaring(editor.text(), settings.prefixes);
    if (added.insert) editor.change({ from: added.at, insert: added.insert });
    const text = editor.text();
    byId('error').hidden = true;
    editor.mark(0);
    results.hide();
    history.replaceState(null, '', await link());
    const mine = (state.running = {});
    state.asked = text;
    busy(true);
    const begun = performance.now();
    try {
      await engine.start();
      say(word('running'));
      const clock = setTimeout(() => mine === state.running && engine.stop('time'), limit());
      const since = performance.now();
      try {
        const answer = await engine.ask({ do: 'ask', text, kind: page.lexer.kindOf(text) });
        clearTimeout(clock);
        answer.name = state.question ? state.question.name : '';
        await results.show(answer, performance.now() - since);
        say('');
      } finally {
        clearTimeout(clock);
      }
    } catch (error) {
      failed(error);
    } finally {
      if (state.running === mine) state.running = null;
      busy(false);
      page.took = performance.now() - begun;
      // The next question finds the graph there.
      engine.start().catch(() => {});
    }
  }

  /** Show that a question is being answered; who stands on one button is put on the other. */
  function busy(on) {
    const [here, there] = on ? [byId('run'), byId('cancel')] : [byId('cancel'), byId('run')];
    const stood = document.activeElement === here;
    here.hidden = true;
    there.hidden = false;
    if (stood) there.focus({ preventScroll: true });
    root.toggleAttribute('data-busy', on);
  }

  /** Say why there is no answer, and mark the line that is meant. */
  function failed(error) {
    say('');
    const box = byId('error');
    const { reason, line, column } = error;
    if (reason === 'cancelled') return say(word('cancelled'));
    const unknown = reason === 'said' && /Prefix not found/.test(error.message) && [...page.lexer.prefixes(editor.text()).missing][0];
    const text = unknown
      ? word('unknown prefix', { prefix: unknown[0] })
      : reason === 'time'
        ? word('too long', { seconds: Math.round(limit() / 1000) })
        : reason === 'failed'
          ? word('failed')
          : reason === 'fetch'
            ? word('not fetched', { what: error.message })
            : plain(error.message);
    const where = line ? make('button', { type: 'button', onclick: () => editor.focus(line) }, word('at line', { line, column })) : null;
    box.replaceChildren(...(where ? [where, ' '] : []), page.elements.visible(text));
    box.hidden = false;
    editor.mark(line || 0, column || 0, text);
  }

  /** Give what Oxigraph says; of what it expected, which may be a whole grammar, what is a word or a sign. */
  function plain(message) {
    const text = message.replace(/\s+/g, ' ');
    if (!text.startsWith('expected one of')) return text.length > 240 ? `${text.slice(0, 240)}…` : text;
    const listed = text.replace(/\[[^\]]*\]/g, '').match(/"[^"]+"|\b[A-Z]{2,}\b/g) || [];
    return listed.length ? word('expected', { what: [...new Set(listed)].slice(0, 12).join(' ') }) : word('not understood');
  }

  /* links */

  /** Give the link to what is asked: a question by name and values where the text is just that. */
  async function link() {
    const text = editor.text();
    const { question, values } = state;
    if (question) {
      const plain = await page.binding.bind(question, values, names.find).catch(() => '');
      if (plain === text) return page.link.written([['question', question.name], ...Object.entries(values)]);
    }
    return page.link.written([['query', text]]);
  }

  async function share() {
    const fragment = await link();
    history.replaceState(null, '', fragment);
    const copied = await navigator.clipboard?.writeText(location.href).then(
      () => true,
      () => false,
    );
    say(word(copied ? 'copied' : 'in address'));
  }

  /** Take what the address says, and ask it. */
  async function restore() {
    const pairs = page.link.read(location.hash);
    if (!pairs) return failed(new Error(word('broken link')));
    const given = Object.fromEntries(pairs);
    if (Object.hasOwn(given, 'query')) {
      await take(null);
      editor.set(given.query);
      return run();
    }
    if (!Object.hasOwn(given, 'question')) return undefined;
    const { question: name, ...values } = given;
    const question = questionOf(name);
    if (!question) return failed(new Error(word('no question', { name })));
    try {
      await take(question, values);
    } catch (error) {
      if (!(error instanceof page.binding.Refused)) return failed(error);
      return failed(new Error(word(error.key, error.values)));
    }
    return run();
  }

  byId('asking').addEventListener('submit', (event) => {
    event.preventDefault();
    run();
  });
  byId('cancel').addEventListener('click', () => engine.stop('cancelled'));
  byId('share').addEventListener('click', share);
  byId('question').addEventListener('change', () => take(questionOf(byId('question').value)).catch(failed));
  window.addEventListener('hashchange', () => restore().catch(failed));

  /** Fetch what answers, when the page has been drawn. */
  async function begin() {
    const engineStarted = engine.start();
    engineStarted.then(loaded, failed);
    await library();
    page.ready = true;
    await restore();
  }

  page.now = { bind: (name, values) => page.binding.bind(questionOf(name), values, names.find), find: names.find, engine, editor, run, state };
  requestAnimationFrame(() => setTimeout(() => begin().catch(failed)));
})();
