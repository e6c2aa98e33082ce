/* Elements: attributes by name, children as text or elements; what comes from the data is text alone. */
const SHAPES = {
  dot: 'M8 2.4a5.6 5.6 0 1 1 0 11.2a5.6 5.6 0 1 1 0-11.2z',
  diamond: 'M8 1.2 14.8 8 8 14.8 1.2 8z',
  square: 'M2.8 2.8h10.4v10.4H2.8z',
  triangle: 'M8 2 14.4 13.4H1.6z',
  triangleDown: 'M8 14 1.6 2.6h12.8z',
  hexagon: 'M4.6 2.2h6.8L14.8 8l-3.4 5.8H4.6L1.2 8z',
  star: 'M8 1.2 9.9 6h5.1l-4.1 3.1 1.6 5L8 11.2l-4.5 2.9 1.6-5L1 6h5.1z',
};
const SVG = ['svg', 'path', 'g', 'rect', 'line', 'circle', 'text', 'title', 'defs', 'linearGradient', 'stop', 'tspan', 'desc', 'clipPath'];
const NARROW = 640; // the widest screen that has the panel below the picture, and
const SMALL = 1000; // that on which the legend is folded at first

const byId = (id) => document.getElementById(id);
const dark = matchMedia('(prefers-color-scheme: dark)');
let onPaper = false; // whether what is drawn now is for light ground, whatever the screen has
let isNight = dark.matches; // to ask each time takes longer than all else
dark.addEventListener('change', ({ matches }) => {
  isNight = matches;
});
const isDark = () => isNight && !onPaper;
const known = new Map(); // the colours of the style, which change with the ground alone
function css(name) {
  const key = `${name} ${isDark()} ${onPaper}`;
  if (!known.has(key))
    known.set(key, getComputedStyle(document.documentElement).getPropertyValue(name).trim());
  return known.get(key);
}
const still = matchMedia('(prefers-reduced-motion: reduce)');
const isNarrow = () => innerWidth <= NARROW;

function make(tag, attributes = {}, ...children) {
  const space = SVG.includes(tag) ? 'http://www.w3.org/2000/svg' : 'http://www.w3.org/1999/xhtml';
  const element = document.createElementNS(space, tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (value !== false && value != null) element.setAttribute(name, value === true ? '' : value);
  }
  const given = children.flat(3).filter((child) => child !== '' && child != null && child !== false);
  element.append(...given);
  return element;
}

const press = (attributes, onclick, ...children) =>
  make('button', { type: 'button', ...attributes, onclick }, ...children);
const listed = (items) => items.flatMap((item, number) => [number ? ', ' : '', item]);
const isolated = (text, language) => make('bdi', { dir: 'auto', lang: language || null }, visible(text));
const labelled = (label) => isolated(textOf(label), languageOf(label));
const named = (name, more = {}) => ({ 'aria-label': word(name), title: word(name), ...more });
const colours = (look) =>
  isDark() ? data.looks[look].slice(3, 5) : data.looks[look].slice(1, 3);

function icon(look, size = 16, [fill, border] = colours(look)) {
  return make(
    'svg',
    { width: size, height: size, viewBox: '0 0 16 16', 'aria-hidden': 'true' },
    make('path', { d: SHAPES[data.looks[look][0]], fill, stroke: border, 'stroke-width': 1.2 }),
  );
}

/* Put new children into an element that is drawn anew, and give the focus back to what had it. */
function fill(element, ...children) {
  const held = element.contains(document.activeElement) && document.activeElement.dataset.hold;
  element.replaceChildren(...children.flat(3).filter(Boolean));
  if (held) [...element.querySelectorAll('[data-hold]')].find((each) => each.dataset.hold === held)?.focus();
}

/* Text for screen readers, spoken once what is being said has ended. */
function speak(text) {
  byId('live').textContent = text;
}
