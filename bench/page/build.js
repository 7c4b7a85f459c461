// Builds the React peer into a folder our server can serve: same style sheet, fonts and compression.
// Arguments: our dist folder, the folder to write.
import { build } from "esbuild";
import { cp, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const [dist, out] = process.argv.slice(2);
const here = fileURLToPath(new URL(".", import.meta.url));
await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
// Style sheet, fonts and icons of ours; no script and no wasm.
await cp(dist, out, { recursive: true, filter: (path) => !/\.(js|wasm|html)(\.(br|gz))?$/.test(path) });
await build({
  entryPoints: [join(here, "peer.jsx")],
  bundle: true,
  minify: true,
  format: "esm",
  jsx: "automatic",
  define: { "process.env.NODE_ENV": '"production"' },
  outfile: join(out, "peer.js"),
});
const styles = (await readdir(out)).filter((name) => name.endsWith(".css"));
const html = await readFile(join(here, "peer.html"), "utf8");
const links = styles.map((name) => `<link rel="stylesheet" href="/${name}" />`).join("");
await writeFile(join(out, "index.html"), html.replace("<!-- STYLES -->", links));
for (const name of ["peer.js", "index.html"]) {
  const bytes = await readFile(join(out, name));
  await writeFile(join(out, `${name}.gz`), gzipSync(bytes, { level: 9 }));
  await writeFile(
    join(out, `${name}.br`),
    brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
  );
}
