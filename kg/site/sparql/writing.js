/* Writing: the editor, in a shadow of its own, so that its styles need no exception in the page's policy. */
(() => {
  'use strict';
  const page = (window.kgSparql = window.kgSparql || {});
  const KEYWORDS = (
    'SELECT DISTINCT CONSTRUCT DESCRIBE ASK WHERE FROM NAMED GRAPH OPTIONAL UNION MINUS FILTER EXISTS BIND VALUES ' +
    'GROUP BY HAVING ORDER LIMIT OFFSET AS ASC DESC UNDEF COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT STR LANG ' +
    'LANGMATCHES DATATYPE BOUND IRI CONCAT SUBSTR STRLEN REPLACE UCASE LCASE CONTAINS STRSTARTS STRENDS STRBEFORE ' +
    'STRAFTER REGEX YEAR MONTH DAY COALESCE IF NOT IN PREFIX BASE'
  ).split(' ');
  const CLOSED = ['text', 'iri', 'comment'];

  function theme(CodeMirror) {
    const { EditorView, HighlightStyle, tags } = CodeMirror;
    const look = EditorView.theme({
      '&': { color: 'var(--ink)', backgroundColor: 'var(--card)', fontSize: '14px', borderRadius: '7px' },
      '&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '2px' },
      '.cm-scroller': { borderRadius: '7px', fontFamily: 'var(--mono)', lineHeight: '1.55', maxHeight: '460px', minHeight: '210px', overflow: 'auto' },
      '.cm-content': { padding: '10px 0', caretColor: 'var(--ink)' },
      '.cm-gutters': { backgroundColor: 'var(--card)', color: 'var(--soft)', border: '0' },
      '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'color-mix(in srgb, var(--wash) 60%, transparent)' },
      '.cm-cursor': { borderLeftColor: 'var(--ink)' },
      '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
        backgroundColor: 'color-mix(in srgb, var(--accent) 24%, transparent) !important',
      },
      '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': { backgroundColor: 'transparent', outline: '1px solid var(--firm)' },
      '.cm-tooltip': { backgroundColor: 'var(--card)', color: 'var(--ink)', border: '1px solid var(--line)', borderRadius: '8px' },
      '.cm-tooltip-autocomplete > ul > li': { padding: '3px 10px', lineHeight: '1.5' },
      '.cm-tooltip-autocomplete > ul > li[aria-selected]': { backgroundColor: 'var(--ink)', color: 'var(--paper)' },
      '.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--mono)' },
      '.cm-completionDetail': { fontStyle: 'normal', fontFamily: 'var(--sans)', opacity: '.85' },
      '.cm-lintRange-error': { backgroundImage: 'none', textDecoration: 'underline wavy var(--warn) 1.5px', textUnderlineOffset: '3px' },
      '.cm-diagnostic': { color: 'var(--ink)', borderLeftColor: 'var(--warn)', maxWidth: '60ch' },
      '.cm-gutter-lint': { width: '1.1em' },
    });
    const colours = HighlightStyle.define([
      { tag: tags.keyword, color: 'var(--accent)', fontWeight: '600' },
      { tag: tags.standard(tags.variableName), color: 'var(--accent)' },
      { tag: tags.local(tags.variableName), color: 'var(--code-variable)' },
      { tag: tags.string, color: 'var(--code-text)' },
      { tag: tags.comment, color: 'var(--soft)', fontStyle: 'italic' },
      { tag: tags.atom, color: 'var(--code-name)' },
    ]);
    return [look, CodeMirror.syntaxHighlighting(colours)];
  }

  /** Give what may stand at a place: variables, keywords, prefixes, and terms by their prefix or their name. */
  function completions(known, language) {
    const terms = known.terms.map(([curie, kind, names]) => ({ curie, kind, name: names[language] || names.en || '' }));
    const type = { class: 'class', property: 'property', concept: 'enum' };
    const own = terms.map(({ curie, kind, name }) => ({ label: curie, detail: name, type: type[kind], apply: put(curie) }));
    const byName = terms
      .filter(({ name, curie }) => name && !curie.toLowerCase().endsWith(`:${name.toLowerCase()}`))
      .map(({ curie, kind, name }) => ({ label: name, detail: curie, type: type[kind], apply: put(curie), boost: -1 }));
    const prefixes = Object.keys(known.prefixes).map((prefix) => ({ label: `${prefix}:`, type: 'namespace', apply: put(`${prefix}:`) }));
    const keywords = KEYWORDS.map((word) => ({ label: word, type: 'keyword', boost: -2 }));

    function put(words) {
      return (view, _, from, to) => {
        const { state } = view;
        const after = state.doc.sliceString(0, from) + words + state.doc.sliceString(to);
        const added = page.lexer.declaring(after, known.prefixes);
        const changes = [{ from, to, insert: words }];
        if (added.insert && added.at <= from) changes.unshift({ from: added.at, insert: added.insert });
        const end = from + words.length + (changes.length > 1 ? added.insert.length : 0);
        view.dispatch({ changes, selection: { anchor: end }, userEvent: 'input.complete' });
      };
    }

    return (context) => {
      const text = context.state.doc.toString();
      const inside = page.lexer.tokens(text).find(({ from, to }) => from < context.pos && context.pos <= to);
      // An IRI that is begun is no token yet; a text or a comment is one up to its end.
      if (inside && CLOSED.includes(inside.type) && context.pos > inside.from) return null;
      const variable = context.matchBefore(/[?$][\p{L}\p{N}_]*/u);
      if (variable) {
        const typed = variable.text.replace('$', '?');
        const options = page.lexer.variables(text).filter((name) => name !== typed);
        return { from: variable.from, options: options.map((label) => ({ label, type: 'variable' })), validFor: /^[?$][\p{L}\p{N}_]*$/u };
      }
      const word = context.matchBefore(/[\p{L}\p{N}_-]*:?[\p{L}\p{N}_-]*/u);
      if (!word || (!word.text && !context.explicit)) return null;
      if (word.text.includes(':')) {
        const prefix = word.text.slice(0, word.text.indexOf(':') + 1);
        return { from: word.from, options: own.filter(({ label }) => label.startsWith(prefix)), validFor: /^[\p{L}\p{N}_-]*:[\p{L}\p{N}_-]*$/u };
      }
      return { from: word.from, options: [...prefixes, ...own, ...byName, ...keywords], validFor: /^[\p{L}\p{N}_-]*$/u };
    };
  }

  /**
   * Make the editor in an element.
   * options: { text, label, language, known() -> { terms, prefixes }, run(), changed() }
   */
  function writing(host, { text, label, language, known, run, changed }) {
    const { CodeMirror } = window;
    const root = host.attachShadow({ mode: 'open' });
    const { EditorView, EditorState, keymap, Prec } = CodeMirror;
    let source = null;
    const complete = (context) => {
      if (!source && known()) source = completions(known(), language);
      return source ? source(context) : null;
    };
    const view = new EditorView({
      root,
      parent: root,
      state: EditorState.create({
        doc: text,
        extensions: [
          Prec.highest(keymap.of([{ key: 'Mod-Enter', run: () => (run(), true) }])),
          CodeMirror.lineNumbers(),
          CodeMirror.lintGutter(),
          CodeMirror.history(),
          CodeMirror.drawSelection(),
          CodeMirror.bracketMatching(),
          CodeMirror.closeBrackets(),
          CodeMirror.highlightActiveLine(),
          CodeMirror.highlightActiveLineGutter(),
          CodeMirror.autocompletion({ override: [complete], icons: false }),
          CodeMirror.StreamLanguage.define(CodeMirror.sparql),
          // No Tab among them: it goes on to the next part of the page.
          keymap.of([
            ...CodeMirror.closeBracketsKeymap,
            ...CodeMirror.completionKeymap,
            ...CodeMirror.historyKeymap,
            ...CodeMirror.defaultKeymap,
          ]),
          EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0', spellcheck: 'false', autocapitalize: 'off' }),
          EditorView.lineWrapping,
          EditorView.updateListener.of((update) => update.docChanged && changed()),
          ...theme(CodeMirror),
        ],
      }),
    });

    /** Change a part of the text, as one step that can be undone. */
    function change(changes) {
      view.dispatch({ changes });
    }

    /** Mark the place that Oxigraph complains of, to the end of its line; line and column from 1. */
    function mark(line, column, message) {
      const { doc } = view.state;
      if (!line || line > doc.lines) return view.dispatch(CodeMirror.setDiagnostics(view.state, []));
      const at = doc.line(line);
      // Oxigraph counts characters, the editor units of UTF-16.
      const before = [...at.text].slice(0, Math.max(column - 1, 0)).join('').length;
      let from = Math.min(at.from + before, at.to);
      if (from === at.to) from = Math.max(at.from, at.to - 1);
      const found = { from, to: Math.max(at.to, from), severity: 'error', message };
      view.dispatch(CodeMirror.setDiagnostics(view.state, [found]));
      view.dispatch({ effects: EditorView.scrollIntoView(from, { y: 'center' }) });
    }

    return {
      text: () => view.state.doc.toString(),
      set: (words) => change({ from: 0, to: view.state.doc.length, insert: words }),
      change,
      mark,
      focus: (line) => {
        if (line && line <= view.state.doc.lines) view.dispatch({ selection: { anchor: view.state.doc.line(line).from } });
        view.focus();
      },
    };
  }

  page.writing = writing;
})();
