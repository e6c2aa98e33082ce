/* Texts: labels in the chosen language, texts made fit to be shown, moments in words. */
/* A label is a text by language, or in English alone. */
const byLanguage = (label) => (typeof label === 'string' ? { en: label } : (label ?? {}));
const languageOf = (label) =>
  [state.language, 'en', ...Object.keys(byLanguage(label))].find((each) => byLanguage(label)[each]) ?? '';
const textOf = (label) => byLanguage(label)[languageOf(label)] ?? '';

const visible = (text) =>
  String(text).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g, '\ufffd');
// Controls would be invisible, or would turn round what stands beside them.
const plain = (text) =>
  visible(
    String(text)
      .replace(/[\u202a-\u202e\u2066-\u2069\u200e\u200f]/g, '')
      .replace(/[\t\n\r]+/g, ' '),
  );
const short = (text, longest = 44) =>
  text.length <= longest
    ? text
    : `${[...text]
        .slice(0, longest - 1)
        .join('')
        .trimEnd()}…`;
const fold = (text) =>
  text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase();

function years({ start = '', end = '', attested = '' }) {
  const [a, b, c] = [start, end, attested].map((text) => text.slice(0, 4));
  if (a || b) return a === b ? a : `${a || '?'}–${b || '?'}`;
  return c;
}

function moment(text) {
  const [year, month, day] = text.split('-').map(Number);
  if (!month) return text;
  const form = { year: 'numeric', month: 'long', timeZone: 'UTC', ...(day ? { day: 'numeric' } : {}) };
  return new Intl.DateTimeFormat(state.language === 'sv' ? 'sv-SE' : 'en-GB', form).format(
    Date.UTC(year, month - 1, day || 1),
  );
}

function interval({ start, end, attested }) {
  const known = `${start ? 'a' : ''}${end ? 'b' : ''}` || (attested ? 'c' : '');
  const form = start && start === end ? 'on' : { a: 'from', b: 'until', ab: 'between', c: 'at' }[known];
  if (!form) return undefined;
  const [a, b, c] = [start, end, attested].map((text) => text && moment(text));
  return said(form, { a, b, c });
}
