/* The link: what differs from the state that the page opens in stands in the address, after the number sign. */
const SOON = 250; // milliseconds after a change until it stands in the address
const opening = { ...copy(START), ...restored(data.state) };
let writing = 0;

const asText = (value) => (typeof value === 'string' ? value : JSON.stringify(value));
/* A value of the address: JSON where it looks like that, else the text itself. */
function fromText(text) {
  if (!/^[[{"]|^null$/.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function fragment() {
  const differ = Object.entries(state).filter(([name, value]) => !alike(value, opening[name]));
  return `${new URLSearchParams(differ.map(([name, value]) => [name, asText(value)]))}`;
}

/* The state that an address asks for; what means nothing here is left as the page opens. */
function fromFragment(text) {
  const given = [...new URLSearchParams(text.replace(/^#/, ''))].filter(([name]) => Object.hasOwn(READ, name));
  const known = Object.fromEntries(given.map(([name, value]) => [name, fromText(value)]).filter(([, value]) => value !== undefined));
  return { ...opening, ...restored(known) };
}

function writeLink() {
  clearTimeout(writing);
  const wanted = fragment();
  if (location.hash.replace(/^#/, '') === wanted) return;
  try {
    // In place of the entry there is: the way back leads out of the page, not through each click.
    history.replaceState(null, '', wanted ? `#${wanted}` : location.href.split('#')[0]);
  } catch {
    // Where the page stands within another it has no address of its own.
  }
}

addEventListener('hashchange', () => {
  change(fromFragment(location.hash));
  if (onStage()) fit(false);
});

parts.push({
  name: 'link',
  update(before) {
    if (!before) return;
    clearTimeout(writing);
    writing = setTimeout(writeLink, SOON);
  },
});
