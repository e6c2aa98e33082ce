/* The bar above the picture: title, date, counts, what is hidden and why, language, zoom. */
const REASONS = ['kind', 'initiative', 'role', 'source', 'time', 'focus', 'hand', 'alone'];
const upper = (text) => text[0].toUpperCase() + text.slice(1);

function showStatus() {
  const amount = (left, all, name) =>
    `${left === all ? left : `${left} ${word('of')} ${all}`} ${counted(name, all)}`;
  const isPairs = state.view === 'organisations';
  const [things, ties] = isPairs
    ? [amount(sceneCount(actors), actors.length, 'actors'), amount(pairsNow().size, allPairs.size, 'pairs')]
    : [amount(now.nodes.size, data.nodes.length, 'things'), amount(now.edges.size, data.edges.length, 'ties')];
  byId('status').textContent = `${things}, ${ties}`;
  const why = REASONS.filter((reason) => now.hidden[reason]).map((reason) =>
    said(`why${upper(reason)}`, { n: now.hidden[reason] }),
  );
  const hidesTies = now.edges.size < data.edges.length;
  byId('why').textContent = why.length ? `· ${said('hiddenWhy', { why: why.join(', ') })}` : '';
  fill(
    byId('reveal'),
    (why.length > 0 || hidesTies) && press({ class: 'link', 'data-hold': 'reveal' }, revealAll, word('showAll')),
  );
  const { focus } = state;
  const chip = placing
    ? [said('placeSays', { a: shortName(placing, 24) }), 'cancel', stopPlacing]
    : focus && [counted('focused', focus.hops, { a: shortName(focus.key) }), 'endFocus', () => change({ focus: null })];
  showChip(chip);
  byId('nothing').hidden = now.nodes.size > 0;
  byId('nothing').textContent = word(data.nodes.length ? 'nothing' : 'nothingAtAll');
}

/* What holds until it is ended: a text, the word of its button, and what that does. */
function showChip(chip) {
  byId('focus').hidden = !chip;
  if (!chip) return fill(byId('focus'));
  const [text, end, run] = chip;
  return fill(byId('focus'), make('span', {}, isolated(text)), press({ ...named(end), class: 'round', 'data-hold': end }, run, '×'));
}

const sceneCount = (list) => list.filter(({ id }) => now.nodes.has(id)).length;

const languageButton = (language) =>
  press(
    { lang: language, 'aria-pressed': `${language === state.language}`, 'data-hold': language },
    () => change({ language }),
    language.toUpperCase(),
  );

const zoomButton = (name, sign, run) => press({ ...named(name), 'data-hold': name }, run, sign);

function showWords() {
  const { version, date } = data.dataset;
  document.documentElement.lang = state.language;
  document.title = plain(textOf(data.title));
  byId('title').replaceChildren(labelled(data.title));
  byId('about').textContent = [version && `${word('version')} ${version} · `, date && `${moment(date)} · `]
    .filter(Boolean)
    .join('');
  picture.setAttribute('aria-label', word('pictureIs'));
  byId('picture-says').textContent = word('pictureSays');
  byId('languages').setAttribute('aria-label', word('languages'));
  fill(byId('languages'), LANGUAGES.map(languageButton));
  fill(
    byId('zoom'),
    zoomButton('zoomIn', '+', () => zoomBy(LARGER)),
    zoomButton('zoomOut', '−', () => zoomBy(1 / LARGER)),
    zoomButton('fit', '⤢', () => fit()),
  );
  byId('zoom').setAttribute('aria-label', word('zoom'));
  fill(byId('origin'), data.about && press({ class: 'link', 'data-hold': 'origin' }, openOrigin, word('origin')));
  fill(byId('helper'), press({ ...named('help'), class: 'round', 'data-hold': 'help' }, openHelp, '?'));
}

parts.push({
  name: 'bar',
  update(before) {
    if (differs(before, 'language')) showWords();
    if (differs(before, 'language', 'view') || shownDiffers(before)) showStatus();
  },
});
