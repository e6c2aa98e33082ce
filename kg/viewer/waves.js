/* The survey waves side by side: question, option, answer then and now, what changed, and the lines. */
const waving = { changed: false };
const documents = new Map(); // the title and date of each document that the page knows
for (const fact of [...Object.values(data.ties), ...Object.values(data.things)])
  for (const cite of fact.citations) documents.set(cite.source, cite);

/* What a change is called: a sign, and whether it is one that can be compared. */
const CHANGES = {
  same: ['=', 'changeSame'],
  changed: ['→', 'changeChanged'],
  'only after': ['+', 'changeOnlyAfter'],
  'only before': ['−', 'changeOnlyBefore'],
  'not offered before': ['∅', 'changeNotOfferedBefore'],
  'not offered after': ['∅', 'changeNotOfferedAfter'],
  'question not answered before': ['?', 'changeNoAnswerBefore'],
  'question not answered after': ['?', 'changeNoAnswerAfter'],
  'ranked before only': ['→', 'changeRankedBefore'],
  'ranked after only': ['→', 'changeRankedAfter'],
};
const changeWord = (change) => (CHANGES[change] ? word(CHANGES[change][1]) : change);

/* Citations as the tables write them: `survey-2018:4-5; survey-2018:9`. */
function waveCites(text) {
  const found = new Map();
  for (const each of text.split('; ').filter(Boolean)) {
    const [source, lines] = [each.slice(0, each.lastIndexOf(':')), each.slice(each.lastIndexOf(':') + 1)];
    found.set(source, [...(found.get(source) ?? []), lines.replace('-', '–')]);
  }
  return [...found].map(([source, given]) => {
    const lines = given.sort((a, b) => parseInt(a, 10) - parseInt(b, 10));
    const many = lines.length > 1 || lines[0].includes('–');
    const title = documents.get(source)?.title ?? source;
    return make('p', { class: 'cites', title: plain(title) }, `${word(many ? 'linesOf' : 'line')} ${lines.join(', ')} `, make('code', {}, isolated(source)));
  });
}

/* The answer of one wave, or why there is none. */
function answerCell(side, change, which, wave) {
  const missing = { before: ['not offered before', 'question not answered before'], after: ['not offered after', 'question not answered after'] }[which];
  const why = ['notOffered', 'notAnswered'][missing.indexOf(change)] ?? 'noAnswer';
  const values = side.values.map((value) => make('p', { class: 'answer' }, labelled(value)));
  // On a narrow screen the head of the column is not beside the cell: there it names its wave itself.
  return make('td', { role: 'cell' }, make('span', { class: 'of-wave', 'aria-hidden': 'true' }, plain(textOf(wave))), values.length ? values : make('p', { class: 'via' }, word(why)), waveCites(side.sources));
}

function waveRows({ rows, waves }) {
  const groups = new Map();
  for (const each of rows) {
    if (waving.changed && each.change === 'same') continue;
    const name = textOf(each.question);
    groups.set(name, [...(groups.get(name) ?? []), each]);
  }
  const { compare } = new Intl.Collator(state.language, { numeric: true });
  return [...groups].sort(([a], [b]) => compare(a, b)).map(([name, all]) => {
    const single = all.length === 1 && textOf(all[0].item) === name;
    const head = make('tr', { role: 'row', class: 'question' }, make('th', { scope: 'rowgroup', role: 'rowheader', colspan: 4 }, isolated(name)));
    const sorted = all.sort((a, b) => compare(textOf(a.item), textOf(b.item)));
    const options = sorted.map(({ item, before, after, change }) =>
      make(
        'tr',
        { role: 'row' },
        make('th', { scope: 'row', role: 'rowheader', class: 'option' }, isolated(single ? name : textOf(item))),
        answerCell(before, change, 'before', waves[0]),
        answerCell(after, change, 'after', waves[1]),
        make('td', { role: 'cell', class: `change ${change === 'same' ? 'same' : 'differs'}` }, make('span', { class: 'sign', 'aria-hidden': 'true' }, CHANGES[change]?.[0] ?? '→'), changeWord(change)),
      ),
    );
    return make('tbody', { role: 'rowgroup' }, single ? [] : head, options);
  });
}

function surveyTable(survey) {
  const heads = [word('questionOption'), ...survey.waves.map((label) => plain(textOf(label))), word('whatChanged')];
  const differ = survey.rows.filter(({ change }) => change !== 'same').length;
  const name = make('h2', {}, isThing(survey.respondent) ? go(survey.respondent) : isolated(survey.respondent));
  const toggle = () => {
    waving.changed = !waving.changed;
    showWaves();
  };
  return [
    name,
    make('div', { class: 'sheet-head' }, press({ class: 'act', 'aria-pressed': `${waving.changed}`, 'data-hold': 'changed' }, toggle, word('onlyChanged')), make('p', { class: 'note' }, said('wavesSay', { n: survey.rows.length, m: differ }))),
    make(
      'table',
      { role: 'table', class: 'waves' },
      make('caption', { class: 'unseen' }, `${word('waves')}: ${plain(nameOf(survey.respondent))}`),
      make('thead', { role: 'rowgroup' }, make('tr', { role: 'row' }, heads.map((text) => make('th', { scope: 'col', role: 'columnheader' }, text)))),
      waveRows(survey),
    ),
  ];
}

/* The documents behind the answers, by the keys that the cells name. */
function waveDocuments() {
  const texts = data.surveys.flatMap(({ rows }) => rows.flatMap(({ before, after }) => [before.sources, after.sources]));
  const keys = new Set(texts.flatMap((text) => text.split('; ').filter(Boolean).map((each) => each.slice(0, each.lastIndexOf(':')))));
  const known = [...keys].filter((key) => documents.has(key)).sort();
  const item = (key) => {
    const { title, language, date } = documents.get(key);
    return make('li', { class: 'cites' }, make('code', {}, isolated(key)), ' ', isolated(title, language), date && ` (${moment(date)})`);
  };
  return known.length ? [make('h2', {}, word('sourceFilter')), make('ul', {}, known.map(item))] : [];
}

function showWaves() {
  byId('waves').setAttribute('aria-label', word('waves'));
  fill(byId('waves'), data.surveys.map(surveyTable), waveDocuments());
}
