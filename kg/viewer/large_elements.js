/* Elements: attributes by name, children as text or elements. What comes from the data is text. */
function make(tag, attributes = {}, ...children) {
  const space = ['svg', 'circle'].includes(tag) ? 'http://www.w3.org/2000/svg' : 'http://www.w3.org/1999/xhtml';
  const element = document.createElementNS(space, tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'onclick') element.addEventListener('click', value);
    else if (value !== false && value != null) element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat(3).filter((child) => child !== '' && child != null && child !== false));
  return element;
}
const press = (attributes, onclick, ...children) =>
  make('button', { type: 'button', ...attributes, onclick }, ...children);
const isolated = (text, language) => make('bdi', { dir: 'auto', lang: language || null }, visible(text));
const labelled = (label) => isolated(textOf(label), languageOf(label));

const dark = matchMedia('(prefers-color-scheme: dark)');
const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/* The colour of a mark: the fill, or the border where the fill is that of the ground. */
function colourOf(group) {
  const [, fill, border, darkFill, darkBorder] = data.looks[data.groups[group].look];
  if (dark.matches) return /^#2/.test(darkFill) ? darkBorder : darkFill;
  return /^#(fff|f0e)/i.test(fill) ? border : fill;
}
const dot = (group) =>
  make(
    'svg',
    { width: 14, height: 14, viewBox: '0 0 14 14', 'aria-hidden': 'true' },
    make('circle', { cx: 7, cy: 7, r: 5.5, fill: colourOf(group) }),
  );
function groupName(group) {
  const { kind, label } = data.groups[group];
  return kind === 'organisation' ? textOf(label) || word('unknown') : word(`${kind}s`);
}
