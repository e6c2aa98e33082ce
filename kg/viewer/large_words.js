/* The words that the page of a large network has besides those of words.js: English, Swedish. */
Object.assign(WORDS, {
  counts: ['{n} things, {t} ties', '{n} ting, {t} förbindelser'],
  shown: ['{n} of {N} things, {t} of {T} ties shown', '{n} av {N} ting, {t} av {T} förbindelser visas'],
  hidden: ['{n} things and {t} ties hidden', '{n} ting och {t} förbindelser dolda'],
  stage: [
    'Picture of the network. Arrow keys move it, plus and minus zoom, 0 shows all, slash searches, Escape closes. The table has the same as text.',
    'Bild av nätverket. Piltangenterna flyttar, plus och minus zoomar, 0 visar allt, snedstreck söker, Escape stänger. Tabellen har detsamma som text.',
  ],
  noWebgl: [
    'This browser has no WebGL, which the picture needs. The table has the same as text.',
    'Webbläsaren saknar WebGL, som bilden behöver. Tabellen har detsamma som text.',
  ],
  listOf: ['The things shown, those with most ties first', 'Tingen som visas, de med flest förbindelser först'],
  kind: ['Kind', 'Slag'],
  tiesHead: ['Ties', 'Förbindelser'],
  page: ['{a}–{b} of {n}', '{a}–{b} av {n}'],
  more: ['{n} more', '{n} till'],
  takesPart: ['Takes part in, links', 'Deltar i, länkar'],
  linkedFrom: ['Who takes part, linked from', 'Deltagare, länkat från'],
});
