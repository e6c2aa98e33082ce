/* Engine: Oxigraph in a worker of its own, which is ended when it should stop, and started anew. */
(() => {
  'use strict';
  const page = (window.kgSparql = window.kgSparql || {});

  /** What became of a question that has no answer: 'cancelled', 'time' or 'failed', or Oxigraph's own words. */
  class NoAnswer extends Error {
    constructor(reason, said = {}) {
      super(said.message || reason);
      Object.assign(this, { reason, line: said.line || 0, column: said.column || 0 });
    }
  }

  /** Fetch a file that is packed with gzip, and say how much of it has come. */
  async function fetched(url, told) {
    const response = await fetch(url);
    if (!response.ok) throw new NoAnswer('fetch', { message: `${response.status} ${url}` });
    let loaded = 0;
    const counted = new TransformStream({
      transform(chunk, to) {
        loaded += chunk.byteLength;
        told(loaded);
        to.enqueue(chunk);
      },
    });
    const packed = new Uint8Array(await new Response(response.body.pipeThrough(counted)).arrayBuffer());
    // Some servers unpack what ends in .gz on the way.
    if (packed[0] !== 0x1f || packed[1] !== 0x8b) return packed;
    const unpacked = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
    return new Uint8Array(await new Response(unpacked).arrayBuffer());
  }

  /**
   * Make the engine.
   * settings: what the worker needs beside the files: see worker.js; told({ part, loaded }): progress.
   */
  function engine(settings, told) {
    let files = null; // a promise of the module and the data, fetched once
    let worker = null;
    let ready = null; // a promise: the worker has the data
    let size = 0;
    const waiting = new Map(); // what was asked of the worker: number -> [resolve, reject]
    let number = 0;
    let turn = 0; // what was begun before a stop is not gone on with

    function get() {
      const sums = { module: 0, data: 0 };
      const of = (part) => (loaded) => {
        sums[part] = loaded;
        told({ loaded: sums.module + sums.data });
      };
      files = Promise.all([fetched('oxigraph.wasm.gz', of('module')), fetched('data.trig.gz', of('data'))]);
      files.catch(() => (files = null));
      return files;
    }

    function send(message) {
      return new Promise((resolve, reject) => {
        waiting.set(++number, [resolve, reject]);
        worker.postMessage({ ...message, number });
      });
    }

    function stop(reason) {
      if (worker) worker.terminate();
      worker = ready = null;
      turn += 1;
      const left = [...waiting.values()];
      waiting.clear();
      for (const [, reject] of left) reject(new NoAnswer(reason));
    }

    function start() {
      const mine = turn;
      const begun = (files || get()).then(([module, data]) => {
        if (mine !== turn) throw new NoAnswer('cancelled');
        worker = new Worker('worker.js', { type: 'module' });
        worker.onmessage = ({ data: said }) => {
          const [resolve, reject] = waiting.get(said.number) || [];
          waiting.delete(said.number);
          if (!resolve) return;
          if (!said.error) return resolve(said.done);
          reject(new NoAnswer(said.error.fatal ? 'failed' : 'said', said.error));
          // After a trap nothing in the worker can be relied on.
          if (said.error.fatal) stop('failed');
        };
        worker.onerror = (event) => {
          event.preventDefault();
          stop('failed');
        };
        told({ part: 'reading' });
        return send({ do: 'load', module, data, settings });
      });
      ready = begun;
      begun.then(
        (done) => (size = done.size),
        () => ready === begun && (ready = null),
      );
      return begun;
    }

    async function ask(message) {
      const mine = turn;
      await (ready || start());
      if (mine !== turn) throw new NoAnswer('cancelled');
      return send(message);
    }

    return { start: () => ready || start(), ask, stop, size: () => size };
  }

  page.engine = Object.assign(engine, { NoAnswer });
})();
