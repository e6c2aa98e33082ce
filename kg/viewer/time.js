/* Time: what held when, by the days between which a fact began and ended; what is unknown excludes nothing. */

/* The first and the last day that a year, month or day can mean. */
function daysOf(text) {
  const [year, month, day] = text.split('-');
  if (day) return [text, text];
  if (month) {
    const last = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
    return [`${text}-01`, `${text}-${String(last).padStart(2, '0')}`];
  }
  return [`${year}-01-01`, `${year}-12-31`];
}

/* The bounds of a fact: those that the graph derived, else, of a graph without the derived, by the same rules. */
function boundsOf(fact) {
  const { start = '', end = '', attested = '', earliestStart, latestStart, earliestEnd, latestEnd } = fact;
  if (earliestStart || latestStart || earliestEnd || latestEnd || !(start || end || attested)) return fact;
  const [began, ended, inside] = [start, end, attested].map((text) => (text ? daysOf(text) : ['', '']));
  return {
    earliestStart: began[0],
    latestStart: began[1] || inside[1] || ended[1],
    earliestEnd: ended[0] || inside[0] || began[0],
    latestEnd: ended[1],
  };
}

function excluded(fact, [first, last]) {
  const { earliestStart, latestEnd } = boundsOf(fact);
  return Boolean((earliestStart && earliestStart > last) || (latestEnd && latestEnd < first));
}

/* What a tie is of: the initiative or body, whose own time bounds the tie's. */
function bodyOf(key) {
  const tie = data.ties[key];
  return tie.type === 'membership' ? data.things[tie.organisation || drawnEdges.get(key).to] : null;
}

/* Whether a tie held in a period: 'certainly', 'possibly', or '' where the sources exclude it. */
function holds(key, period) {
  const tie = data.ties[key];
  const days = daysOf(period);
  if (excluded(tie, days) || excluded(bodyOf(key) ?? {}, days)) return '';
  const { latestStart, earliestEnd } = boundsOf(tie);
  return latestStart && earliestEnd && latestStart <= days[1] && earliestEnd >= days[0]
    ? 'certainly'
    : 'possibly';
}

/* Whether a moment that two days bound fell between two others: 'yes', 'maybe', or ''. */
function fell(earliest, latest, [first, last]) {
  if (!(earliest || latest) || earliest > last || (latest && latest < first)) return '';
  return earliest && latest && earliest >= first && latest <= last ? 'yes' : 'maybe';
}

/* What happened to a tie from the first day of one period to the last of another, as the question
   joined-or-left has it: 'began', 'ended', 'both', 'maybe', or '' where no change is known. */
function changed(key, from, to) {
  const { earliestStart, latestStart, earliestEnd, latestEnd } = boundsOf(data.ties[key]);
  const days = [daysOf(from)[0], daysOf(to)[1]];
  const [began, ended] = [fell(earliestStart, latestStart, days), fell(earliestEnd, latestEnd, days)];
  if (began === 'yes') return ended === 'yes' ? 'both' : 'began';
  return ended === 'yes' ? 'ended' : began || ended;
}

/* Whether a tie is known not to have held on any day from one period to another. */
function isOutside(key, from, to) {
  const days = [daysOf(from)[0], daysOf(to)[1]];
  return excluded(data.ties[key], days) || excluded(bodyOf(key) ?? {}, days);
}

/* The first and the last year that the ties and things are dated by; null where none is. */
function span() {
  const all = [...Object.values(data.ties), ...Object.values(data.things)];
  const said = all.flatMap((each) =>
    ['earliestStart', 'latestStart', 'earliestEnd', 'latestEnd'].map((bound) => boundsOf(each)[bound]),
  );
  const events = Object.values(data.things).flatMap(({ events }) => events.map(({ start }) => start));
  const found = [...said, ...events].filter(Boolean).map((day) => Number(day.slice(0, 4)));
  return found.length ? [Math.min(...found), Math.max(...found)] : null;
}
