// Puts the page that Trunk built in one file and the parts that were split off together: the script
// that fetches them becomes part of the page's script, the script is minified, the style sheets keep
// only rules for what the sources name, and all are named by their content. Run by split.rs with node,
// for the sake of esbuild and PurgeCSS.
// Arguments: the built page, the folder of the split.
import { build, transform } from "esbuild";
import { PurgeCSS } from "purgecss";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [dist, split] = process.argv.slice(1);
const hash = (bytes) => createHash("sha256").update(bytes).digest("hex").slice(0, 16);
const one = (pattern) => {
  const found = readdirSync(dist).filter((name) => pattern.test(name));
  if (found.length !== 1) throw new Error(`expected one ${pattern} in ${dist}, found ${found.length}`);
  return found[0];
};

const index = join(dist, "index.html");
const script = one(/^jobnet-web-[0-9a-f]+\.js$/);
// A file that several of them share is of the first that fetches it.
const parts = ["later", "english", "some", "seldom", "rights", "checklist", "profile", "letters", "models", "staff", "research", "course"];
const source = readFileSync(join(split, "__wasm_split.js"), "utf8");
const declared = source.search(/\/\* .* \*\/\s*const __chunk_|export const /);
const shared = new Map([...source.matchAll(/\/\* (.*) \*\/\s*const __(chunk_\d+) = makeLoad\(/g)].map(([, splits, name]) => [name, splits.split(", ")]));
if (declared < 0) throw new Error("the parts are declared in another way than expected");
const unknown = [...source.matchAll(/export const __wasm_split_load_(\w+) =/g)].find(([, name]) => !parts.includes(name));
if (unknown) throw new Error(`${unknown[1]} is none of the parts ${parts.join(", ")}`);

// Of what is shared, what is too small for a request of its own comes with the other small files of
// its part, as sections of one file: that each is in few parts is worth less than the requests.
const SMALL = 8192;
const consts = [];
const addresses = new Map();
const needs = new Map(parts.map((part) => [part, new Set()]));
const own = new Map();
for (const part of parts) {
  const chunks = [...shared].filter(([, splits]) => parts.find((one) => splits.includes(one)) === part);
  const files = chunks.map(([name, splits]) => ({ load: "whole", splits, bytes: optimised(name) }));
  const small = files.filter(({ bytes }) => bytes.length < SMALL);
  const large = files.filter(({ bytes }) => bytes.length >= SMALL);
  if (small.length > 0) {
    const bytes = Buffer.concat([Buffer.from("\0asm\x01\0\0\0", "latin1"), ...small.map(({ bytes }) => section(bytes))]);
    large.push({ load: "sections", splits: small.flatMap(({ splits }) => splits), bytes });
  }
  const itself = { load: "whole", splits: [], bytes: optimised(`split_${part}`) };
  // One hash for all of a part: each of its files is named in the script, and that delays the first
  // picture.
  const all = [itself, ...large];
  const content = hash(Buffer.concat(all.map(({ bytes }) => bytes)));
  all.forEach(({ load, splits, bytes }, number) => {
    const name = `jobnet-${part}-${content}_${number}_bg.wasm`;
    writeFileSync(join(dist, name), bytes);
    addresses.set(`${part}${number}`, `/${name}`);
    const loading = `${load}("/${name}")`;
    if (number === 0) return own.set(part, loading);
    consts.push(`const ${part}${number} = makeLoad(${loading}, []);`);
    for (const split of splits) needs.get(split).add(`${part}${number}`);
  });
}
const exports = parts.map((part) => `export const __wasm_split_load_${part} = wrapAsyncCb(withStyle(${part === "staff" ? "[later, staff]" : "[later]"}, ${own.get(part)}, [${[...needs.get(part)].join(", ")}]));`);

// The second style sheet comes with whatever file is fetched first, and before it is shown; that of
// staff comes after it, with their file.
const sheets = [];
for (const stem of ["later", "staff"]) {
  const sheet = await style(stem);
  const link = new RegExp(`<link[^>]*/${sheet}[^>]*>`);
  const before = readFileSync(index, "utf8");
  if (!link.test(before)) throw new Error(`the document does not name ${sheet}`);
  writeFileSync(index, before.replace(link, ""));
  sheets.push(`const ${stem} = sheet("/${sheet}");`);
  addresses.set(stem, `/${sheet}`);
}

// Who works with the system needs one of these at once: the server names its files with the document
// (crates/server/src/site.rs).
addresses.set("research", "/research.css");
const early = Object.entries({ staff: ["later", "staff"], research: ["later", "research"] });
const files = early.map(([part, styles]) => [part, [`${part}0`, ...needs.get(part), ...styles].map((name) => addresses.get(name))]);
writeFileSync(join(dist, "parts.json"), JSON.stringify(Object.fromEntries(files)));

const loader = `${source.slice(0, declared)}
function fetched(url, instantiate) {
    return () => {
        const file = fetch(url);
        file.catch(() => {});
        return (imports) => instantiate(file, imports);
    };
}
function whole(url) {
    return fetched(url, (file, imports) => WebAssembly.instantiateStreaming(file, imports));
}
function sections(url) {
    return fetched(url, async (file, imports) => Promise.all(
        WebAssembly.Module.customSections(await WebAssembly.compileStreaming(file), "part")
            .map((part) => WebAssembly.instantiate(part, imports))));
}
${[...sheets, ...consts, ...exports].join("\n")}
function withStyle(sheets, ...file) {
    const load = makeLoad(...file);
    return () => Promise.all([load(), ...sheets.map((sheet) => sheet())]);
}
function sheet(url) {
    let styled;
    return () => styled ??= new Promise((resolve, reject) => {
        const link = document.createElement("link");
        link.onload = resolve;
        link.onerror = () => { styled = undefined; link.remove(); reject(new Error("no style")); };
        link.rel = "stylesheet";
        link.href = url;
        document.head.append(link);
    });
}
`;

const page = join(dist, script);
const result = await build({
  entryPoints: [page],
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  write: false,
  plugins: [
    {
      name: "split",
      setup(build) {
        build.onResolve({ filter: /__wasm_split\.js$/ }, () => ({ path: "loader", namespace: "split" }));
        build.onResolve({ filter: /^\.\/jobnet-web\.js$/ }, () => ({ path: page }));
        build.onLoad({ filter: /.*/, namespace: "split" }, () => ({ contents: loader, resolveDir: dist }));
      },
    },
  ],
});
rename(script, "jobnet-web", "js", result.outputFiles[0].contents);

// Once more, now that nothing else changes it.
const first = one(/^jobnet-web-[0-9a-f]+_bg\.wasm$/);
const smaller = join(split, "first.wasm");
execFileSync("wasm-opt", ["--flatten", "--rereloop", "-Oz", "-Oz", join(dist, first), "-o", smaller], { stdio: ["ignore", "ignore", "inherit"] });
const firstFile = readFileSync(smaller);
rmSync(join(dist, first));
writeFileSync(join(dist, `jobnet-web-${hash(firstFile)}_bg.wasm`), firstFile);
writeFileSync(index, readFileSync(index, "utf8").replaceAll(first, `jobnet-web-${hash(firstFile)}_bg.wasm`));

await style("main");

// A file of the split, made as small as it gets.
function optimised(name) {
  const small = join(split, `small_${name}.wasm`);
  execFileSync("wasm-opt", ["--flatten", "--rereloop", "-Oz", "-Oz", join(split, `${name}.wasm`), "-o", small], { stdio: ["ignore", "ignore", "inherit"] });
  return readFileSync(small);
}

// A custom section of a wasm file.
function section(bytes) {
  const number = (value) => (value < 128 ? [value] : [(value & 127) | 128, ...number(value >> 7)]);
  const name = Buffer.from("\x04part", "latin1");
  return Buffer.concat([Buffer.from([0, ...number(name.length + bytes.length)]), name, bytes]);
}

async function style(stem) {
  const old = one(new RegExp(`^${stem}-[0-9a-f]+\\.css$`));
  const [purged] = await new PurgeCSS().purge({
    content: ["src/**/*.rs", "index.html"],
    css: [{ raw: readFileSync(join(dist, old), "utf8") }],
    // Every class stands in the sources as a whole word.
    defaultExtractor: (text) => text.match(/[\w-]+/g) ?? [],
    keyframes: true,
    fontFace: true,
  });
  const target = ["chrome111", "firefox113", "safari16"];
  const { code } = await transform(purged.css, { loader: "css", minify: true, target, legalComments: "none" });
  return rename(old, stem, "css", code);
}

// Trunk's script also tells programs that live reload and tests of other makers listen for; ours has
// no listener, and every byte of the document delays the first picture.
const start = /import init, \* as bindings from '([^']+)';\s*const wasm = await init\((.*?)\);[^<]*(?=<\/script>)/;
const document = readFileSync(index, "utf8");
if (!start.test(document)) throw new Error("Trunk starts the page in another way than expected");
writeFileSync(index, document.replace(start, (_, from, what) => `import init from'${from}';init(${what.replace(/\s/g, "")})`));

// Another content under the same name would never reach a browser that knows the old one.
function rename(old, stem, ending, content) {
  const named = `${stem}-${hash(content)}.${ending}`;
  rmSync(join(dist, old));
  writeFileSync(join(dist, named), content);
  writeFileSync(index, readFileSync(index, "utf8").replaceAll(old, named));
  return named;
}
