/* Taking away: the picture, the data of what is shown, a link, paper; in a menu of plain buttons. */
let taken = false; // whether the menu is open
let linked = ''; // what became of the link: 'linkCopied', or 'linkShown' with the link to copy by hand

const fileName = (ending, part = '') => {
  const name = fold(plain(textOf(data.title))).replace(/['’]/g, '').replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '').slice(0, 60) || 'network';
  return `${name}${part && `-${part}`}.${ending}`;
};

function download(name, content, type) {
  const blob = content instanceof Blob ? content : new Blob([content], { type });
  const href = URL.createObjectURL(blob);
  make('a', { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 10000);
  speak(said('saved', { name }));
}

/* What can be taken: its word, whether it can be now, and what that does. */
const TAKEN = [
  ['picture', [
    ['PNG', () => onStage() && now.nodes.size, () => pngOf().then((blob) => download(fileName('png', viewPart()), blob))],
    ['SVG', () => onStage() && now.nodes.size, () => download(fileName('svg', viewPart()), svgText(), 'image/svg+xml')],
  ]],
  ['dataShown', [
    ['Turtle', () => Boolean(data.triples?.terms), () => download(fileName('ttl'), turtleOf(), 'text/turtle')],
    ['csvThings', () => true, () => download(fileName('csv', 'things'), csvOf(portion().nodes), 'text/csv;charset=utf-8')],
    ['csvTies', () => true, () => download(fileName('csv', 'ties'), csvOf(portion().edges), 'text/csv;charset=utf-8')],
    ['GraphML', () => true, () => download(fileName('graphml'), graphmlOf(portion()), 'application/graphml+xml')],
    ['JSON', () => true, () => download(fileName('json'), jsonOf(), 'application/json')],
  ]],
  ['thisView', [
    ['copyLink', () => true, copyLink],
    ['print', () => true, () => window.print()],
  ]],
];
const viewPart = () => (state.view === 'network' ? '' : fold(word(state.view)).replace(/[^a-z0-9]+/g, '-'));

/* Put the link of this view on the clipboard; where that is not allowed, show it to be copied by hand. */
async function copyLink() {
  writeLink();
  try {
    await navigator.clipboard.writeText(location.href);
    linked = 'linkCopied';
  } catch {
    linked = 'linkShown';
  }
  showTake();
  speak(word(linked));
  if (linked === 'linkShown') byId('link').select();
}

function openTake(open) {
  taken = open;
  linked = '';
  showTake();
}

function showTake() {
  const button = press({ class: 'pill', 'aria-expanded': `${taken}`, 'aria-controls': 'take-menu', 'data-hold': 'take' }, () => openTake(!taken), word('take'));
  const item = ([name, can, run]) => can() && press({ class: 'item', 'data-hold': `take ${name}` }, run, WORDS[name] ? word(name) : name);
  const group = ([name, items]) => {
    const found = items.map(item).filter(Boolean);
    return found.length > 0 && make('div', { role: 'group', 'aria-labelledby': `take-${name}` }, make('p', { class: 'kicker', id: `take-${name}` }, word(name)), make('div', { class: 'items' }, found));
  };
  const told = linked === 'linkCopied' && make('p', { class: 'note' }, word(linked));
  const shownLink = linked === 'linkShown' && make('label', { class: 'note' }, word(linked), make('input', { id: 'link', readonly: true, value: location.href }));
  fill(byId('take'), button, make('div', { id: 'take-menu', hidden: !taken }, taken && [TAKEN.map(group), told, shownLink, make('p', { class: 'note' }, word('takeSays'))]));
}

addEventListener('pointerdown', ({ target }) => {
  if (taken && !byId('take').contains(target)) openTake(false);
});
byId('take').addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || !taken) return;
  event.stopPropagation();
  openTake(false);
  byId('take').firstElementChild.focus();
});

parts.push({
  name: 'take',
  update(before) {
    if (before && !differs(before, 'language', 'view') && !shownDiffers(before)) return;
    linked = '';
    showTake();
  },
});
