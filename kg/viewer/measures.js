/* Size and colour: by kind and ties, or by a measure, with a legend that says the scale. */

// Five steps from light to dark (dark to light on dark ground), of one hue from yellow over green to
// blue: told apart by lightness alone. Communities: Okabe and Ito's colours, and a letter each.
const SCALE = {
  light: ['#f4e9a8', '#b9d69a', '#62b59c', '#2b83a0', '#20427c'],
  dark: ['#35507c', '#2f83a3', '#5ab79e', '#b5d78f', '#fbf0a0'],
};
const COMMUNITIES = ['#e69f00', '#56b4e9', '#009e73', '#f0e442', '#0072b2', '#d55e00', '#cc79a7', '#b8bec5'];
const LARGEST_MARK = 24; // and the smallest, in units of the picture
const SMALLEST_MARK = 6;

const measureOf = (key, name) =>
  name === 'ties' ? data.things[key].ties : (data.measures?.[key]?.[name] ?? 0);
const greatest = {};
for (const name of ['ties', 'degree', 'betweenness'])
  greatest[name] = Math.max(...data.nodes.map(({ id }) => measureOf(id, name)), 0);

/* The step of the scale, from 0 to 4, on which a thing's measure stands; roots part the many small ones. */
const stepOf = (key, name) =>
  Math.min(4, Math.floor(5 * Math.sqrt(measureOf(key, name) / (greatest[name] || 1))));
const letterOf = (community) => (community < COMMUNITIES.length ? String.fromCharCode(64 + community) : '–');
const communityInk = (community) => (community === 5 ? '#ffffff' : '#14171b'); // on blue white is read best
const communityColour = (community) => COMMUNITIES[Math.min(community, COMMUNITIES.length) - 1];

/* The fill and border of a thing's mark. */
function markColours(key) {
  const ink = css(isDark() ? '--firm' : '--mark');
  if (state.colour === 'kind') return colours(looks.get(key).look);
  if (state.colour === 'community') return [communityColour(measureOf(key, 'community')), ink];
  return [SCALE[isDark() ? 'dark' : 'light'][stepOf(key, state.colour)], ink];
}

/* The radius of a thing's mark; where a letter stands in it, there is room for that. */
const markSize = (key) => Math.max(sizeOf(key), state.colour === 'community' ? 8.5 : 0);

function sizeOf(key) {
  if (state.size === 'ties') return looks.get(key).size;
  if (state.size === 'equal') return 10;
  const share = measureOf(key, state.size) / (greatest[state.size] || 1);
  return Math.round((SMALLEST_MARK + (LARGEST_MARK - SMALLEST_MARK) * Math.sqrt(share)) * 10) / 10;
}

/* The letter in a mark, where colour says the community: colour is never all that tells. */
const markLetter = (key) => (state.colour === 'community' ? letterOf(measureOf(key, 'community')) : '');

function rounded(value, name) {
  if (name !== 'betweenness') return `${Math.round(value)}`;
  return new Intl.NumberFormat(state.language, { maximumSignificantDigits: 2 }).format(value);
}

/* The legend of the scale by which things are coloured. */
function scaleLegend() {
  if (state.colour === 'kind') return [];
  if (state.colour === 'community') return communityLegend();
  const steps = SCALE[isDark() ? 'dark' : 'light'];
  const most = greatest[state.colour];
  const bounds = steps.map((_, step) => most * (step / 5) ** 2);
  const swatches = steps.map((fill) => make('span', { class: 'swatch', 'data-fill': fill }));
  swatches.forEach((swatch) => swatch.style.setProperty('background', swatch.dataset.fill));
  const numbers = [bounds[0], bounds[2], most].map((value) => make('span', {}, rounded(value, state.colour)));
  return [
    make('div', { class: 'scale', 'aria-hidden': 'true' }, swatches),
    make('div', { class: 'scale numbers' }, numbers),
  ];
}

function communityLegend() {
  const counts = new Map();
  for (const { id } of data.nodes) {
    const number = Math.min(measureOf(id, 'community'), COMMUNITIES.length);
    counts.set(number, (counts.get(number) ?? 0) + 1);
  }
  return [...counts]
    .sort(([a], [b]) => a - b)
    .map(([number, count]) => {
      const swatch = make('span', { class: 'swatch round', 'aria-hidden': 'true' }, letterOf(number));
      swatch.style.setProperty('background', communityColour(number));
      swatch.style.setProperty('color', communityInk(number));
      const name =
        number < COMMUNITIES.length ? said('communityIs', { n: letterOf(number) }) : word('smallest');
      return make('p', { class: 'line' }, swatch, name, make('span', { class: 'count' }, `${count}`));
    });
}

/* Two choices, of what size and colour say. */
function measureChoices() {
  const measured = Object.keys(data.measures ?? {}).length > 0;
  const sizes = ['ties', ...(measured ? ['degree', 'betweenness'] : []), 'equal'];
  const hues = ['kind', ...(measured ? ['degree', 'betweenness', 'community'] : [])];
  const choice = (name, choices) => {
    const options = choices.map((each) =>
      make('option', { value: each, selected: state[name] === each }, word(`by${each[0].toUpperCase()}${each.slice(1)}`)),
    );
    const onchange = ({ target }) => change({ [name]: target.value });
    return make(
      'label',
      { class: 'choice' },
      make('span', {}, word(name)),
      make('select', { 'data-hold': name, onchange }, options),
    );
  };
  const isMeasured = ['degree', 'betweenness', 'community'].some((each) => [state.size, state.colour].includes(each));
  const estimate = data.pathsFrom > 0 && [state.size, state.colour].includes('betweenness');
  return [
    choice('size', sizes),
    choice('colour', hues),
    scaleLegend(),
    isMeasured && make('p', { class: 'note' }, word('wholeNetwork'), estimate && ` ${said('estimated', { n: data.pathsFrom })}`),
  ];
}
