// Reads RDF with n3 or jsonld and writes it as N-Quads, or canonically: `node read.mjs ACTION FILE [CONTEXT]`.
// The action `frame` writes JSON-LD by the frame in CONTEXT's place.
// The packages stand in the folder that READERS names; nothing is fetched, whatever a file refers to.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const load = createRequire(process.env.READERS + "/package.json");
const [action, file, context] = process.argv.slice(2);
const text = readFileSync(file, "utf-8");

async function documentLoader(url) {
  if (!context) throw new Error(`nothing is fetched: ${url}`);
  return { documentUrl: url, document: JSON.parse(readFileSync(context, "utf-8")) };
}

async function quads() {
  if (action === "jsonld") {
    return load("jsonld").toRDF(JSON.parse(text), { format: "application/n-quads", documentLoader });
  }
  if (action === "frame") {
    const { frame } = load("jsonld");
    return JSON.stringify(await frame(JSON.parse(text), JSON.parse(readFileSync(context, "utf-8"))));
  }
  if (action === "canonical") {
    const form = "application/n-quads";
    const options = { inputFormat: form, format: form, canonizeOptions: { maxWorkFactor: 3 } };
    return load("jsonld").canonize(text, options);
  }
  const { Parser, Writer } = load("n3");
  const parsed = new Parser({ format: action }).parse(text);
  return new Promise((done, failed) => {
    const writer = new Writer({ format: "N-Quads" });
    writer.addQuads(parsed);
    writer.end((error, result) => (error ? failed(error) : done(result)));
  });
}

process.stdout.write(await quads());
