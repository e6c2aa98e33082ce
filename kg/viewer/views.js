/* The views of one thing: each a line here, a section of its own on the page, and a word of its name. */
const VIEWS = [
  { name: 'network', element: 'stage', show() {} },
  ...(allPairs.size ? [{ name: 'organisations', element: 'stage', show() {} }] : []),
  { name: 'timeline', element: 'timeline', show: showTimeline },
  ...(data.surveys?.length ? [{ name: 'waves', element: 'waves', show: showWaves }] : []),
  { name: 'table', element: 'table', show: showTable },
];

function showView() {
  const shows = VIEWS.find(({ name }) => state.view === name);
  for (const { element } of VIEWS) {
    const isOn = shows.element === element;
    // Not display: none for the stage, which would make the canvas lose its size.
    if (element === 'stage') byId(element).classList.toggle('away', !isOn);
    else byId(element).hidden = !isOn;
  }
  shows.show();
}

function showViews() {
  const buttons = VIEWS.map(({ name }) =>
    press(
      { 'aria-pressed': `${state.view === name}`, 'data-hold': name },
      () => change({ view: name }),
      word(`view${upper(name)}`),
    ),
  );
  byId('views').setAttribute('aria-label', word('views'));
  fill(byId('views'), buttons);
}

parts.push({
  name: 'views',
  update(before) {
    if (differs(before, 'view', 'language')) showViews();
    showView();
  },
});
