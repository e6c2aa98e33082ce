/* The lettering: what was placed is drawn over the picture, and the signs within the marks. */
let seenFrom = ''; // where the view stood when labels were last drawn

function drawLabels(context) {
  const scale = network.getScale();
  if (!placed || (placed.scale !== scale && placed.cost < COSTLY)) placeNow(scale);
  else if (placed.scale !== scale) placeSoon();
  const ratio = scale / placed.scale; // while zooming goes on, labels only move with their places
  const { x, y } = network.getViewPosition();
  const from = `${x} ${y} ${scale}`;
  const isMoving = seenFrom !== from && placed.drawn && ratio === 1;
  seenFrom = from;
  placed.drawn = true;
  context.save();
  context.scale(1 / scale, 1 / scale);
  drawMarks(context, scale);
  if (isMoving) placed.layer ??= layerOf(placed.labels);
  if (isMoving && placed.layer) {
    const { canvas, left, top, wide, high } = placed.layer;
    context.drawImage(canvas, left, top, wide, high);
    sharpenSoon();
  } else letter(context, placed.labels, ratio);
  context.restore();
}

/* All labels in a picture of their own; none where it would be too large. */
function layerOf(labels) {
  const reach = 130; // pixels that a role or a line to a name may go beyond its place
  const xs = labels.flatMap(({ x, box }) => [x - reach, x + reach, ...(box ? [box[0], box[2]] : [])]);
  const ys = labels.flatMap(({ y, box }) => [y - reach, y + reach, ...(box ? [box[1], box[3]] : [])]);
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  const [wide, high] = [Math.ceil(Math.max(...xs) - left), Math.ceil(Math.max(...ys) - top)];
  const dots = devicePixelRatio || 1;
  if (!labels.length || wide * high * dots * dots > LARGEST_LAYER) return null;
  const canvas = make('canvas', { width: Math.ceil(wide * dots), height: Math.ceil(high * dots) });
  const context = canvas.getContext('2d');
  context.scale(dots, dots);
  context.translate(-left, -top);
  letter(context, labels, 1);
  return { canvas, left, top, wide, high };
}

function letter(context, labels, ratio) {
  const inks = { '--ink': css('--ink'), '--soft': css('--soft'), '--accent': css('--accent') };
  Object.assign(context, {
    textBaseline: 'middle',
    lineJoin: 'round',
    lineWidth: HALO,
    strokeStyle: css('--paper'),
  });
  for (const label of labels) {
    if (label.leader) drawLeader(context, label.leader, ratio);
    context.save();
    context.translate(label.x * ratio, label.y * ratio);
    context.rotate(label.angle);
    context.font = label.font;
    context.textAlign = label.align;
    context.lineWidth = label.halo ?? HALO;
    context.fillStyle = inks[label.ink];
    label.lines.forEach((line, number) => {
      const y = (number - (label.lines.length - 1) / 2) * label.high;
      context.strokeText(line, 0, y);
      context.fillText(line, 0, y);
    });
    context.restore();
  }
}

function drawLeader(context, [x1, y1, x2, y2], ratio) {
  context.save();
  Object.assign(context, { strokeStyle: css('--soft'), lineWidth: 0.8 });
  context.beginPath();
  context.moveTo(x1 * ratio, y1 * ratio);
  context.lineTo(x2 * ratio, y2 * ratio);
  context.stroke();
  context.restore();
}

/* In a mark the letter of its community; at its upper right a dot where it is pinned. */
function drawMarks(context, scale) {
  if (state.colour !== 'community' && !Object.keys(state.pinned).length) return;
  const at = network.getPositions();
  context.save();
  Object.assign(context, { textAlign: 'center', textBaseline: 'middle', font: `700 11px ${css('--sans')}` });
  for (const { id } of sceneNodes()) {
    const [x, y, radius] = [at[id].x * scale, at[id].y * scale, markSize(id) * scale];
    context.fillStyle = communityInk(measureOf(id, 'community'));
    if (radius > 4.5) context.fillText(markLetter(id), x, y + 0.5);
    if (!scene.canPin || !(id in state.pinned)) continue;
    context.save();
    Object.assign(context, { fillStyle: css('--accent'), strokeStyle: css('--paper'), lineWidth: 2 });
    context.beginPath();
    context.arc(x + radius * 0.8 + 2, y - radius * 0.8 - 2, 4, 0, 7);
    context.stroke();
    context.fill();
    context.restore();
  }
  context.restore();
}
