/* The time bar: all times, as of a year, or what changed between two; it plays from year to year. */
const BEAT = 1100; // milliseconds that a year lasts while it plays
const reach = span();
let playing = 0;
let drawnAs = ''; // of what shape the bar was last drawn

const MODES = [
  ['all', 'timeAll'],
  ['as-of', 'timeAsOf'],
  ['between', 'timeBetween'],
];
const yearOf = (text, instead) => Number(text.slice(0, 4)) || instead;

function setTime(patch) {
  const [first, last] = reach;
  const known = { at: `${last}`, from: `${first}`, to: `${last}` };
  const old = Object.fromEntries(Object.entries(state.time).filter(([, value]) => value));
  const time = { ...known, ...old, ...patch };
  // The slider that was moved pushes the other.
  if (yearOf(time.from) > yearOf(time.to)) time[patch.to ? 'from' : 'to'] = patch.to ?? time.from;
  change({ time });
}

function slider(name, label) {
  const [first, last] = reach;
  const value = yearOf(state.time[name], last);
  const oninput = ({ target }) => {
    stop();
    setTime({ [name]: target.value });
  };
  const text = moment(state.time[name] || `${value}`);
  const range = {
    type: 'range',
    min: Math.min(first, value),
    max: Math.max(last, value),
    step: 1,
    value,
    'aria-label': word(label),
    'aria-valuetext': text,
    'data-hold': `slide ${name}`,
    oninput,
  };
  return make('div', { class: 'slide' }, make('input', range), make('output', {}, text));
}

/* In words: how many ties held, began, ended; and what is not known. */
function timeSays() {
  const { mode, at, from, to } = state.time;
  const held = [...now.edges.values()];
  const count = (...kinds) => held.filter((each) => kinds.includes(each)).length;
  if (mode === 'as-of')
    return said('asOfSays', {
      at: moment(at),
      certain: count('certainly'),
      possible: count('possibly'),
      off: now.ties.time ?? 0,
    });
  if (mode === 'between')
    return said('betweenSays', {
      from: moment(from),
      to: moment(to),
      began: count('began'),
      ended: count('ended'),
      both: count('both'),
      maybe: count('maybe'),
    });
  const dated = Object.values(data.ties).filter((tie) => tie.start || tie.end || tie.attested).length;
  return said('allSays', { dated, n: data.edges.length });
}

/* While it plays, what is shown is not read out at each beat. */
function setPlaying(timer) {
  playing = timer;
  byId('status').setAttribute('aria-live', timer ? 'off' : 'polite');
}

function stop() {
  clearInterval(playing);
  setPlaying(0);
}

/* Go on by a year; at the end stop, and at the next play begin anew. */
function beat() {
  const [first, last] = reach;
  const name = state.time.mode === 'between' ? 'to' : 'at';
  const year = yearOf(state.time[name], last) + 1;
  if (year >= last) stop();
  setTime({ [name]: `${Math.min(year, last) || first}` });
}

function play() {
  const [first, last] = reach;
  const name = state.time.mode === 'between' ? 'to' : 'at';
  if (playing) {
    stop();
    showTime();
    return;
  }
  if (yearOf(state.time[name], last) >= last) {
    const begin = name === 'to' ? Math.min(yearOf(state.time.from, first) + 1, last) : first;
    setTime({ [name]: `${begin}` });
  }
  setPlaying(setInterval(beat, BEAT));
  showTime();
}

/* The bar as it is, with other years: a slider that is drawn anew would be lost to the finger that drags it. */
function refreshTime() {
  for (const name of ['at', 'from', 'to']) {
    const input = byId('time').querySelector(`[data-hold="slide ${name}"]`);
    if (!input) continue;
    const text = moment(state.time[name]);
    input.value = yearOf(state.time[name], reach[1]);
    input.setAttribute('aria-valuetext', text);
    input.nextElementSibling.textContent = text;
  }
  byId('time-says').textContent = timeSays();
}

function showTime() {
  const bar = byId('time');
  const { mode } = state.time;
  const isOpen = bar.classList.contains('open');
  const shape = JSON.stringify([isOpen, mode, state.language, Boolean(playing)]);
  const isSame = shape === drawnAs && isOpen && reach;
  drawnAs = shape;
  if (isSame) return refreshTime();
  const open = press(
    { class: 'title', 'aria-expanded': `${isOpen}`, 'data-hold': 'open time' },
    () => {
      bar.classList.toggle('open');
      if (!bar.classList.contains('open')) stop();
      showTime();
      if (!isNarrow()) fit(); // there, what can be read is worth more than what lies under the bar
    },
    word('time'),
    mode !== 'all' && !isOpen && make('span', { class: 'soft' }, ` ${timeInShort()}`),
  );
  if (!isOpen) return fill(bar, open);
  if (!reach) return fill(bar, open, make('p', { class: 'says' }, word('timeNone')));
  const modes = MODES.map(([name, label]) =>
    press({ 'aria-pressed': `${mode === name}`, 'data-hold': `mode ${name}` }, () => {
      stop();
      setTime({ mode: name });
    }, word(label)),
  );
  const playButton = press(
    { ...named(playing ? 'pause' : 'play'), class: 'round', 'data-hold': 'play' },
    play,
    playing ? '❚❚' : '►',
  );
  return fill(
    bar,
    make('div', { class: 'modes' }, open, make('div', { class: 'switch', role: 'group', 'aria-label': word('timeMode') }, modes)),
    mode === 'as-of' && make('div', { class: 'slides' }, playButton, slider('at', 'year')),
    mode === 'between' && make('div', { class: 'slides' }, playButton, slider('from', 'yearFrom'), slider('to', 'yearTo')),
    make('p', { class: 'says', id: 'time-says' }, timeSays()),
  );
}

const timeInShort = () =>
  state.time.mode === 'as-of' ? moment(state.time.at) : `${moment(state.time.from)}–${moment(state.time.to)}`;

parts.push({
  name: 'time',
  update(before) {
    if (differs(before, 'time', 'language') || shownDiffers(before)) showTime();
    // Not while it plays: that would be read out at each beat.
    if (before && differs(before, 'time') && !playing && state.time.mode !== 'all') speak(timeSays());
  },
});
