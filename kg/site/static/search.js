'use strict';
// The search of the first page: names and aliases, without regard to case and accents.
(() => {
  const finder = document.getElementById('finder');
  const input = document.getElementById('find');
  const list = document.getElementById('found');
  const said = document.getElementById('said');
  const inline = document.getElementById('names');
  const MOST = 12;
  let names = inline ? ready(JSON.parse(inline.textContent)) : null;
  let at = -1;

  finder.hidden = false;

  function fold(text) {
    return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  }
  function ready(rows) {
    return rows.map(([name, kind, link, ...others]) => ({ name, kind, link, words: [name, ...others].map(fold), others }));
  }
  // Many names lie in a file of their own, which is asked for when somebody searches.
  function load() {
    if (names || document.getElementById('names-file')) return;
    const script = document.createElement('script');
    script.id = 'names-file';
    script.src = finder.dataset.names;
    script.onload = () => { names = ready(window.siteNames); show(); };
    document.head.append(script);
  }
  function rank(each, word) {
    let best = 9;
    each.words.forEach((text, place) => {
      const found = text.indexOf(word);
      if (found < 0) return;
      const score = (found === 0 ? 0 : text[found - 1] === ' ' ? 1 : 2) + (place ? 0.5 : 0);
      best = Math.min(best, score);
    });
    return best;
  }
  function item(each, word, number) {
    const line = document.createElement('li');
    line.setAttribute('role', 'none');
    // The link itself is the option: within one, it would be lost to screen readers.
    const link = document.createElement('a');
    link.id = `found-${number}`;
    link.setAttribute('role', 'option');
    link.setAttribute('aria-selected', 'false');
    link.href = (finder.dataset.root || '') + each.link;
    link.tabIndex = -1;
    const kind = document.createElement('small');
    const alias = fold(each.name).includes(word) ? '' : each.others.find((other) => fold(other).includes(word)) || '';
    kind.textContent = alias ? `${alias} · ${each.kind}` : each.kind;
    link.append(each.name, ' ', kind);
    line.append(link);
    return line;
  }
  function show() {
    const word = fold(input.value.trim());
    at = -1;
    list.replaceChildren();
    input.removeAttribute('aria-activedescendant');
    if (!word || !names) { close(); said.textContent = ''; return; }
    const scored = names.map((each) => [rank(each, word), each]).filter(([score]) => score < 9);
    scored.sort((a, b) => a[0] - b[0]);
    scored.slice(0, MOST).forEach(([, each], number) => list.append(item(each, word, number)));
    said.textContent = scored.length ? finder.dataset.found.replace('{count}', scored.length) : finder.dataset.none;
    list.hidden = !scored.length;
    input.setAttribute('aria-expanded', String(!list.hidden));
  }
  function close() {
    list.hidden = true;
    input.setAttribute('aria-expanded', 'false');
  }
  function choose(next) {
    const items = [...list.querySelectorAll('a')];
    if (!items.length) return;
    if (at >= 0) items[at].setAttribute('aria-selected', 'false');
    at = (next + items.length) % items.length;
    items[at].setAttribute('aria-selected', 'true');
    items[at].scrollIntoView({ block: 'nearest' });
    input.setAttribute('aria-activedescendant', items[at].id);
  }
  input.addEventListener('focus', load);
  input.addEventListener('input', () => { load(); show(); });
  input.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown') { event.preventDefault(); choose(at + 1); }
    else if (event.key === 'ArrowUp') { event.preventDefault(); choose(at < 0 ? -1 : at - 1); }
    else if (event.key === 'Escape') close();
    else if (event.key === 'Enter' && list.children.length) {
      event.preventDefault();
      list.children[Math.max(at, 0)].querySelector('a').click();
    }
  });
  document.addEventListener('click', (event) => { if (!finder.contains(event.target)) close(); });
})();
