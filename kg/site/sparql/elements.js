/* Elements: parts of the page, made of texts that are never read as markup. */
(() => {
  'use strict';
  const page = (window.kgSparql = window.kgSparql || {});
  const SVG = 'http://www.w3.org/2000/svg';

  const byId = (name) => document.getElementById(name);

  /** Make an element: attributes by name (null leaves one out), children texts or elements. */
  function make(tag, attributes = {}, ...children) {
    return filled(document.createElement(tag), attributes, children);
  }

  /** Make an element of a picture. */
  function draw(tag, attributes = {}, ...children) {
    return filled(document.createElementNS(SVG, tag), attributes, children);
  }

  function filled(element, attributes, children) {
    for (const [name, value] of Object.entries(attributes)) {
      if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
      else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : value);
    }
    element.append(...children.filter((child) => child !== null && child !== undefined));
    return element;
  }

  /** Give a text without what would steer the order of letters or cannot be seen, as a picture of it. */
  function visible(text) {
    return text
      .replace(/\r\n?/g, '\n')
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, (sign) => String.fromCharCode(0x2400 + sign.charCodeAt(0)))
      .replace(/\u007f/g, '\u2421');
  }

  /** Give a text by language in this one, else in English, else in any; with its language where that is another. */
  function spoken(texts, language) {
    const found = [language, 'en', ...Object.keys(texts)].find((each) => texts[each]);
    return { text: found === undefined ? '' : texts[found], lang: found && found !== language ? found : null };
  }

  page.elements = { byId, make, draw, visible, spoken };
})();
