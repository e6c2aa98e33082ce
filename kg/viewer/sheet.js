/* The sheet: the picture with title, what it shows, legend and sources around it; as SVG, and as PNG of it. */
const TITLE_LINE = 30;
const SMALL_LINE = 18;
const SHARP = 2; // dots a pixel of a PNG
const MOST_DOTS = 8000; // of its longer side

/* The picture that is seen, as an SVG element; bare without title and sources. */
function sheetOf({ bare = false } = {}) {
  const scale = network.getScale();
  placeNow(scale);
  // Places in the picture, or labels' in pixels from its origin, as pixels of the stage.
  const stage = ({ x, y }, times = scale) => network.canvasToDOM({ x: (x * times) / scale, y: (y * times) / scale });
  const [left, top, right, bottom] = seenBox(placed.labels, stage);
  const wide = Math.max(right - left, bare ? 420 : 480);
  const high = bottom - top;
  const fonts = { title: `600 23px ${css('--serif')}`, small: `400 13px ${css('--sans')}` };
  const title = bare ? [] : wrapped(plain(textOf(data.title)), wide, fonts.title);
  const about = bare ? [] : wrapped(originText().split(' · ').slice(1).join(' · '), wide, fonts.small);
  const sources = bare ? [] : wrapped(`${word('sourceFilter')}: ${documentsShown().map(({ source, title: name, date }) => plain(`${name} (${date ? `${date}, ` : ''}${source})`)).join('; ')}`, wide, fonts.small);
  const head = bare ? 0 : title.length * TITLE_LINE + about.length * SMALL_LINE + 22;
  const legend = svgLegend(wide);
  const lines = svgLines(legend.high, wide);
  const foot = legend.high + lines.high + sources.length * SMALL_LINE + 20;
  const to = (point, times) => {
    const { x, y } = stage(point, times);
    return { x: x - left + (wide - (right - left)) / 2, y: y - top };
  };
  const size = [Math.ceil(wide + 2 * MARGIN), Math.ceil(head + high + foot + 2 * MARGIN)];
  const rows = (lines, y, step, more) => lines.map((line, number) => make('text', { x: 0, y: y + number * step, ...more }, line));
  const name = plain(textOf(data.title));
  return make(
    'svg',
    { xmlns: 'http://www.w3.org/2000/svg', width: size[0], height: size[1], viewBox: `0 0 ${size[0]} ${size[1]}`, 'font-family': css('--sans'), role: 'img', 'aria-label': name },
    make('title', {}, name),
    make('desc', {}, originText()),
    make('defs', {}, make('clipPath', { id: 'seen' }, make('rect', { x: -6, y: -6, width: wide + 12, height: high + 12 }))),
    make('rect', { width: '100%', height: '100%', fill: css('--paper') }),
    make(
      'g',
      { transform: `translate(${MARGIN} ${MARGIN})` },
      rows(title, 20, TITLE_LINE, { 'font-size': 23, 'font-weight': 600, 'font-family': css('--serif'), fill: css('--ink') }),
      rows(about, title.length * TITLE_LINE + 8, SMALL_LINE, { 'font-size': 13, fill: css('--soft') }),
      make('g', { transform: `translate(0 ${head})`, 'clip-path': 'url(#seen)' }, drawnParts(to)),
      make('g', { transform: `translate(0 ${round(head + high + 30)})` }, legend.parts, lines.parts, rows(sources, legend.high + lines.high + 6, SMALL_LINE, { 'font-size': 13, fill: css('--soft') })),
    ),
  );
}

/* Lines first, marks over them, names over all. */
function drawnParts(to) {
  const [near, lit] = [nearby(), litTies()];
  const { x, y } = to({ x: 0, y: 0 }, 1);
  const isFinite = Number.isFinite(x + y);
  if (!isFinite) return [];
  return [
    ...sceneEdges().flatMap((edge) => svgEdge(edge, edgeStyle(edge, near, lit), (point) => to(point))),
    ...sceneNodes().map((node) => svgMark(node, nodeStyle(node, near), (point) => to(point))),
    ...placed.labels.flatMap((label) => svgLabel(label, to)),
  ];
}

const svgText = (options) => `${new XMLSerializer().serializeToString(sheetOf(options))}\n`;

/* A PNG of the sheet, twice as sharp as the screen where that is not too large. */
function pngOf() {
  return new Promise((done, failed) => {
    const image = new Image();
    const svg = sheetOf();
    const [wide, high] = ['width', 'height'].map((name) => Number(svg.getAttribute(name)));
    const times = Math.min(SHARP, MOST_DOTS / Math.max(wide, high));
    image.onload = () => {
      const canvas = make('canvas', { width: Math.round(wide * times), height: Math.round(high * times) });
      canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
      canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error('no picture'))), 'image/png');
    };
    image.onerror = () => failed(new Error('no picture'));
    image.src = `data:image/svg+xml,${encodeURIComponent(new XMLSerializer().serializeToString(svg))}`;
  });
}
