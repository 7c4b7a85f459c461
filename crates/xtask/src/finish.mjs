// Puts the page that Trunk built in one file and the files that were split off together: each of
// them gets its own hash, the script that fetches them becomes part of the page's script, the
// script is minified, the style sheets keep only rules for what the sources name, and all are named
// by their content. Run by split.rs with node, for the sake of esbuild and PurgeCSS.
// Arguments: the built page, the folder of the split.
import { build } from "esbuild";
import { PurgeCSS } from "purgecss";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
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
const parts = ["later", "seldom", "profile", "staff", "research"];
let loader = readFileSync(join(split, "__wasm_split.js"), "utf8");
for (const name of readdirSync(split).filter((name) => /^(split|chunk)_.*\.wasm$/.test(name))) {
  const small = join(dist, "later.wasm");
  execFileSync("wasm-opt", ["--flatten", "--rereloop", "-Oz", "-Oz", join(split, name), "-o", small], { stdio: ["ignore", "ignore", "inherit"] });
  // A file that several share is named after the first of them that fetches it.
  const shared = loader.match(new RegExp(`/\\* (.*) \\*/\\s*const __${name.replace(".wasm", "")} `));
  const part = shared ? parts.find((part) => shared[1].split(", ").includes(part)) : name.slice("split_".length, -".wasm".length);
  const later = `jobnet-${part}-${hash(readFileSync(small))}_bg.wasm`;
  renameSync(small, join(dist, later));
  loader = loader.replaceAll(`./${name}`, `/${later}`);
}

// The second style sheet comes with whatever file is fetched first, and before it is shown.
const laterStyle = await style("later");
const link = new RegExp(`<link[^>]*/${laterStyle}[^>]*>`);
const before = readFileSync(index, "utf8");
if (!link.test(before)) throw new Error(`the document does not name ${laterStyle}`);
writeFileSync(index, before.replace(link, ""));
loader = loader.replaceAll("= wrapAsyncCb(makeLoad(", "= wrapAsyncCb(withStyle(") + `
let styled;
function withStyle(...file) {
    const load = makeLoad(...file);
    return () => Promise.all([load(), (styled ??= style().catch((error) => { styled = undefined; throw error; }))]);
}
function style() {
    return new Promise((resolve, reject) => {
        const link = document.createElement("link");
        link.onload = resolve;
        link.onerror = () => { link.remove(); reject(new Error("no style")); };
        link.rel = "stylesheet";
        link.href = "/${laterStyle}";
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

await style("main");

async function style(stem) {
  const old = one(new RegExp(`^${stem}-[0-9a-f]+\\.css$`));
  const [purged] = await new PurgeCSS().purge({
    content: ["src/**/*.rs", "index.html"],
    css: [{ raw: readFileSync(join(dist, old), "utf8") }],
    // Every class stands in the sources as a whole word.
    defaultExtractor: (text) => text.match(/[\w-]+/g) ?? [],
  });
  return rename(old, stem, "css", purged.css);
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
