'use strict';
// The page stands at an address where there is nothing: it looks in which folder above the site lies, by
// its logo, and leads there. Where none is found, its links are the addresses that the site was made for.
(() => {
  const given = new URL(document.documentElement.dataset.root).href;
  const finder = document.getElementById('finder');
  const path = new URL(given).pathname;

  // Where the site may lie: where it was made for, then each folder above, the nearest first.
  function* folders() {
    if (location.pathname.startsWith(path)) yield path;
    for (let end = location.pathname.lastIndexOf('/'); end >= 0; end = location.pathname.lastIndexOf('/', end - 1)) {
      yield location.pathname.slice(0, end + 1);
      if (end === 0) return;
    }
  }
  function lead(folder) {
    const root = new URL(folder, location.href).href;
    for (const link of document.querySelectorAll('a[href]'))
      if (link.href.startsWith(given)) link.href = root + link.href.slice(given.length) + (onDisk(link.href) ? 'index.html' : '');
    finder.dataset.root = root;
    finder.dataset.names = root + finder.dataset.names;
    const search = document.createElement('script');
    search.src = `${root}static/search.js`;
    document.head.append(search);
  }
  // A disk serves no folders.
  function onDisk(address) {
    return location.protocol === 'file:' && address.endsWith('/');
  }
  const rest = folders();
  const tried = new Set();
  (function look() {
    const { value: folder, done } = rest.next();
    if (done) return;
    if (tried.has(folder)) { look(); return; }
    tried.add(folder);
    const logo = new Image();
    logo.onload = () => lead(folder);
    logo.onerror = look;
    logo.src = `${folder}logo.svg`;
  })();
})();
