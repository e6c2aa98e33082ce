/* Results: an answer as a table in pages, a network, bars or as it is, and its files. */
(() => {
  'use strict';
  const page = (window.kgSparql = window.kgSparql || {});
  const ROWS = 500;
  const RAW = 200000; // characters of an answer that are shown as they are

  /**
   * Make what shows answers.
   * word(key, values): a word; ask(message): what the worker gives; known(): { prefixes };
   * edges(): { edges, fixed } of the question that was asked.
   */
  function results({ word, language, ask, known, edges, failed }) {
    const { byId, make, visible } = page.elements;
    const { pictures } = page;
    let answer = null;
    let view = 'table';
    let order = { column: '', descending: false };
    let first = 0;

    const number = new Intl.NumberFormat(language);
    const spaced = (name) => visible(name.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase());
    const rowsOf = (from, count) => ask({ do: 'rows', from, count, language, ...order });

    const VIEWS = {
      table: { fits: () => true, show: showTable },
      network: { fits: () => answer.count && (answer.kind === 'graph' || edges().edges.length), show: showNetwork },
      chart: { fits: () => answer.count && answer.kind === 'rows' && pictures.barsOf(answer.columns), show: showBars },
      raw: { fits: () => true, show: showRaw },
    };

    /** Show a new answer, in the view that was chosen where it fits. */
    async function show(given, took) {
      answer = given;
      order = { column: '', descending: false };
      first = 0;
      byId('results').hidden = false;
      byId('count').textContent = counted(took);
      if (!VIEWS[view].fits()) view = 'table';
      downloads();
      await draw();
    }

    function counted(took) {
      const seconds = (took / 1000).toLocaleString(language, { maximumFractionDigits: took < 100 ? 2 : 1 });
      const key = { boolean: 'yes or no', graph: answer.count === 1 ? 'one triple' : 'triples' }[answer.kind];
      const count = word(key || (answer.count === 1 ? 'one row' : 'rows'), { count: number.format(answer.count) });
      return `${count} ${word('took', { seconds })}`;
    }

    function hide() {
      answer = null;
      byId('results').hidden = true;
      byId('view').replaceChildren();
    }

    async function draw() {
      const fitting = Object.keys(VIEWS).filter((name) => VIEWS[name].fits());
      const buttons = fitting.map((name) =>
        make('button', { type: 'button', 'aria-pressed': String(name === view), onclick: () => choose(name), 'data-view': name }, word(name)),
      );
      byId('views').replaceChildren(...buttons);
      byId('views').hidden = fitting.length < 2;
      try {
        const drawn = await VIEWS[view].show();
        byId('view').replaceChildren(...drawn);
      } catch (error) {
        failed(error);
      }
    }

    async function choose(name) {
      view = name;
      await draw();
      byId('views').querySelector(`[data-view="${name}"]`).focus();
    }

    async function showTable() {
      if (answer.kind === 'boolean') return [make('p', { class: 'yes-or-no' }, word(answer.value ? 'yes' : 'no'))];
      if (!answer.count) return [make('p', { class: 'soft' }, word('no rows'))];
      const rows = await rowsOf(first, ROWS);
      const heads = answer.columns.map(({ name, numeric }) => {
        const sort = order.column === name ? (order.descending ? 'descending' : 'ascending') : null;
        const button = make('button', { type: 'button', onclick: () => sortBy(name), 'data-column': name }, spaced(name));
        return make('th', { scope: 'col', 'aria-sort': sort, class: numeric ? 'number' : null }, button);
      });
      const body = rows.map((row) => make('tr', {}, ...row.map(cell)));
      const label = make('caption', { class: 'unseen' }, word('caption'));
      const table = make('table', { class: 'plain answer' }, label, make('thead', {}, make('tr', {}, ...heads)), make('tbody', {}, ...body));
      const region = make('div', { class: 'wide', tabindex: '0', role: 'region', 'aria-label': word('caption') }, table);
      return [region, ...pager()];
    }

    function cell({ text, iri, link, number: value }, place) {
      const numeric = value !== undefined && answer.columns[place].numeric;
      const words = make('bdi', {}, visible(text));
      const inside = link ? make('a', { href: link, title: iri !== text ? visible(iri) : null }, words) : words;
      return make('td', { class: numeric ? 'number' : null, title: !link && iri && iri !== text ? visible(iri) : null }, inside);
    }

    async function sortBy(name) {
      const again = order.column === name;
      // A third press gives the question's own order back.
      order = again && order.descending ? { column: '', descending: false } : { column: name, descending: again };
      first = 0;
      await draw();
      const button = [...byId('view').querySelectorAll('th button')].find((one) => one.dataset.column === name);
      if (button) button.focus();
    }

    function pager() {
      if (answer.count <= ROWS) return [];
      const last = Math.min(first + ROWS, answer.count);
      const shown = word('some rows', { first: number.format(first + 1), last: number.format(last), count: number.format(answer.count) });
      const go = (key, to) =>
        make('button', { type: 'button', disabled: to < 0 || to >= answer.count, onclick: () => turn(to) }, word(key));
      return [make('p', { class: 'pager' }, go('previous', first - ROWS), make('span', {}, shown), go('next', first + ROWS))];
    }

    async function turn(to) {
      first = to;
      await draw();
      const region = byId('view').querySelector('[role="region"]');
      region.scrollTop = 0;
      region.focus();
    }

    async function showNetwork() {
      const found = await ask({ do: 'network', language, ...edges() });
      if (!found.nodes.length) return [make('p', { class: 'soft' }, word('no ties'))];
      const picture = make('div', { class: 'picture', tabindex: '0', role: 'region', 'aria-label': word('network') }, pictures.network(found, word('network')));
      const said = word('ties', { nodes: number.format(found.nodes.length), edges: number.format(found.edges.length) });
      const left = found.left ? ` ${word('left out', { count: number.format(found.left) })}` : '';
      return [make('figure', {}, picture, make('figcaption', {}, said + left))];
    }

    async function showBars() {
      const columns = pictures.barsOf(answer.columns);
      const place = (wanted) => answer.columns.findIndex(({ name }) => name === wanted);
      const [first, ...others] = columns.names.map(place);
      const amount = place(columns.number);
      const rows = (await rowsOf(0, pictures.MOST_BARS)).map((row) => ({
        name: [first, ...others].map((at) => row[at].text).filter(Boolean).join(' · ') || '–',
        link: row[first].link,
        number: row[amount].number,
        text: row[amount].text,
      }));
      const label = word('bars', { name: columns.names.map(spaced).join(', '), number: spaced(columns.number) });
      const left = answer.count - rows.length;
      const note = left > 0 ? ` ${word('left out', { count: number.format(left) })}` : '';
      return [make('figure', {}, pictures.bars(rows, label), make('figcaption', {}, label + note))];
    }

    async function showRaw() {
      const { text } = await ask({ do: 'write', form: answer.kind === 'graph' ? 'ttl' : 'json', prefixes: known().prefixes });
      const cut = text.length > RAW;
      const shown = make('pre', { tabindex: '0', role: 'region', 'aria-label': word('raw') }, visible(text.slice(0, RAW)));
      return cut ? [shown, make('p', { class: 'soft' }, word('cut'))] : [shown];
    }

    function downloads() {
      const forms = answer.kind === 'graph' ? { ttl: 'Turtle', nt: 'N-Triples', csv: 'CSV' } : { csv: 'CSV', tsv: 'TSV', json: 'JSON' };
      const buttons = Object.entries(forms).map(([form, name]) =>
        make('button', { type: 'button', onclick: () => save(form).catch(failed), 'aria-label': word('save as', { form: name }), 'data-form': form }, name),
      );
      byId('files').replaceChildren(make('span', { class: 'soft' }, word('save')), ...buttons);
    }

    async function save(form) {
      const { text, media, suffix } = await ask({ do: 'write', form, prefixes: known().prefixes });
      const url = URL.createObjectURL(new Blob([text], { type: media }));
      const link = make('a', { href: url, download: `${answer.name || 'answer'}.${suffix}` });
      link.click();
      setTimeout(() => URL.revokeObjectURL(url), 10000);
    }

    return { show, hide };
  }

  page.results = results;
})();
