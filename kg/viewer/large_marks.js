/* Marks: how a thing of a group is drawn and called in words. */

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
