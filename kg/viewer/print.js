/* Paper: the picture is drawn anew as SVG on light ground; tables and lists print as they stand. */
function layOut() {
  const paper = byId('paper');
  const list = documentsShown().map((cite) => make('li', {}, isolated(cite.title, cite.language), cite.date && ` (${moment(cite.date)})`, ' ', make('code', {}, isolated(cite.source))));
  onLight(showView); // lists that have colours of their own
  const sheet = onStage() && now.nodes.size > 0 && onLight(() => sheetOf({ bare: true }));
  fill(paper, sheet, make('h2', {}, word('sourceFilter')), make('ul', {}, list));
  paper.hidden = false;
}

function putAway() {
  byId('paper').hidden = true;
  byId('paper').replaceChildren();
  showView();
}

addEventListener('beforeprint', layOut);
addEventListener('afterprint', putAway);
matchMedia('print').addEventListener('change', ({ matches: printing }) => (printing ? layOut() : putAway()));
