/* In the head, before anything is drawn: where the page can answer, what explains why not stays hidden. */
document.documentElement.classList.add(
  location.protocol === 'file:' ? 'from-file' : 'scripted',
);
