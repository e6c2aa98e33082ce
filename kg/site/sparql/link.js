/* Link: what is asked, written behind the address and read from there. */
(() => {
  'use strict';
  const page = (window.kgSparql = window.kgSparql || {});

  // Half a surrogate pair has no percent-encoding.
  const whole = (text) => text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd');

  /** Write names and values as a fragment. */
  function written(pairs) {
    return `#${pairs.map((pair) => pair.map((part) => encodeURIComponent(whole(part))).join('=')).join('&')}`;
  }

  /** Read a fragment: pairs of names and values; nothing where it is not what a link writes. */
  function read(fragment) {
    try {
      const parts = fragment.replace(/^#/, '').split('&').filter(Boolean);
      return parts.map((part) => {
        const sign = part.indexOf('=');
        return [part.slice(0, sign < 0 ? part.length : sign), sign < 0 ? '' : part.slice(sign + 1)].map(decodeURIComponent);
      });
    } catch {
      return null;
    }
  }

  page.link = { written, read };
})();
