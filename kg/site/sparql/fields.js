/* Fields: a question's parameters as parts of a form. */
(() => {
  'use strict';
  const page = (window.kgSparql = window.kgSparql || {});
  const CONCEPT = 'concept ';

  /**
   * Make the fields of a question.
   * word; language: of the page; languages: those of the data; list(kind): [[name, IRI]]; changed(name, value): a promise,
   * which fails with binding.Refused where the value is none.
   */
  function fields({ word, language, languages, list, changed }) {
    const { byId, make, spoken, visible } = page.elements;
    let inputs = new Map();

    function show(question, values) {
      inputs = new Map();
      const parts = question ? question.params.map((param) => field(param, values[param.name] ?? param.value)) : [];
      byId('fields').replaceChildren(...parts);
      byId('fields').hidden = !parts.length;
    }

    function field(param, value) {
      const id = `field-${param.name}`;
      const about = spoken(param.description, language);
      const note = make('span', { class: 'note-of', id: `${id}-note`, lang: about.lang }, visible(about.text));
      const wrong = make('span', { class: 'wrong', id: `${id}-wrong`, role: 'alert' });
      const described = { id, name: param.name, 'aria-describedby': `${id}-note ${id}-wrong` };
      const input = param.type === 'language' ? choice(described, value) : typed(param, described, value);
      input.addEventListener('change', () => put(param, input, wrong));
      inputs.set(param.name, input);
      return make('div', { class: 'field' }, make('label', { for: id }, param.name.replace(/-/g, ' ')), input, note, wrong);
    }

    function choice(described, value) {
      const options = languages.map(([code, name]) => make('option', { value: code, selected: code === value }, name));
      return make('select', described, ...options);
    }

    function typed(param, described, value) {
      const plain = { period: ['text', word('a period')], number: ['numeric', ''], text: ['text', word('any text')] }[param.type];
      const [mode, placeholder] = plain || ['text', ''];
      const input = make('input', { ...described, type: 'text', inputmode: mode, placeholder, value, autocomplete: 'off' });
      if (!plain) offer(param, input);
      return input;
    }

    /** Offer the things that a field may name, when it is first come to. */
    function offer(param, input) {
      const id = `list-${param.type.replace(/\W/g, '-')}`;
      input.setAttribute('list', id);
      input.addEventListener(
        'focus',
        async () => {
          if (byId(id)) return;
          const options = make('datalist', { id });
          byId('lists').append(options);
          try {
            const things = await list(param.type);
            options.append(...things.map(([name, iri]) => make('option', { value: visible(name) }, param.type.startsWith(CONCEPT) ? '' : page.names.short(iri))));
          } catch {
            options.remove();
          }
        },
        { once: true },
      );
    }

    async function put(param, input, wrong) {
      try {
        await changed(param.name, input.value);
        wrong.textContent = '';
        input.removeAttribute('aria-invalid');
      } catch (error) {
        wrong.textContent = error instanceof page.binding.Refused ? word(error.key, { ...error.values, value: input.value }) : error.message;
        input.setAttribute('aria-invalid', 'true');
      }
    }

    /** Show the value of a field that was changed elsewhere. */
    function set(name, value) {
      const input = inputs.get(name);
      if (input) input.value = value;
    }

    /** Say of a field that its value is none. */
    function refuse(name, error) {
      const wrong = byId(`field-${name}-wrong`);
      if (wrong) wrong.textContent = word(error.key, { ...error.values, value: inputs.get(name)?.value ?? '' });
      inputs.get(name)?.setAttribute('aria-invalid', 'true');
    }

    return { show, set, refuse };
  }

  page.fields = fields;
})();
