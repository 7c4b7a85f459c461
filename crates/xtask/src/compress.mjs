// Writes NAME.br (quality 11) and NAME.gz (level 9) beside each file of a folder that gets
// smaller by it. Run by dist.rs with node, which is there for npm's sake: its compressors are
// native, while compiling one for a development build takes half a minute.
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const WORTH_IT = /^\.(html|m?js|css|wasm|svg|json|txt|webmanifest)$/;
const folder = process.argv[1];
const sum = { files: 0, plain: 0, brotli: 0 };

const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
const isTwin = (path) => /\.(br|gz)$/.test(path);
paths.filter(isTwin).forEach((path) => rmSync(path)); // of an earlier build

for (const path of paths.filter((path) => !isTwin(path))) {
  const plain = readFileSync(path);
  let brotli = plain;
  if (WORTH_IT.test(extname(path))) {
    // The smallest blocks are best; which distance codes are differs from file to file, by one in sixty
    // for the wasm. What the first picture waits for is tried in more ways.
    const firstLoad = /^(index\.html|main-.*|jobnet-web-.*)$/.test(basename(path));
    const direct = firstLoad ? [0, 4, 8] : [0];
    // The mode for fonts guesses differently what comes next, and so for code, too.
    const modes = firstLoad ? [constants.BROTLI_MODE_GENERIC, constants.BROTLI_MODE_FONT] : [constants.BROTLI_MODE_GENERIC];
    const ways = [0, 1, 2, 3].flatMap((postfix) =>
      direct.flatMap((few) => modes.map((mode) => [postfix, few << postfix, mode])));
    const tries = ways.map(([postfix, direct, mode]) => {
      const params = {
        [constants.BROTLI_PARAM_QUALITY]: 11,
        [constants.BROTLI_PARAM_MODE]: mode,
        [constants.BROTLI_PARAM_LGWIN]: 20,
        [constants.BROTLI_PARAM_SIZE_HINT]: plain.length,
        [constants.BROTLI_PARAM_LGBLOCK]: 16,
        [constants.BROTLI_PARAM_NPOSTFIX]: postfix,
        [constants.BROTLI_PARAM_NDIRECT]: direct,
      };
      return brotliCompressSync(plain, { params });
    });
    brotli = tries.reduce((least, one) => (one.length < least.length ? one : least));
    const gzip = gzipSync(plain, { level: 9 });
    if (brotli.length < plain.length) writeFileSync(`${path}.br`, brotli);
    if (gzip.length < plain.length) writeFileSync(`${path}.gz`, gzip);
  }
  sum.files += 1;
  sum.plain += plain.length;
  sum.brotli += Math.min(brotli.length, plain.length);
}
const kB = (bytes) => `${Math.round(bytes / 1000)} kB`;
console.log(`${sum.files} files, ${kB(sum.plain)}, with brotli ${kB(sum.brotli)}`);
