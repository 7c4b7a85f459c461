// `cargo xtask bench charts`: our charts as the app has them beside the peers, and a step of “what if”.
//
// With the name of a part (a picture of data.js, `pointer` or `step`) only that one is measured.
import { join } from "node:path";
import { launch } from "../lib/browser.js";
import { benchRoot, run, targetDir } from "../lib/steps.js";
import { figures } from "./data.js";
import { measureDrawing, measurePointer } from "./drive.js";
import { measureStep, withServer } from "./step.js";

const REPETITIONS = Number(process.env.BENCH_REPETITIONS ?? 15);
const PARTS = [...figures.map((figure) => figure.name), "pointer", "step"];
const asked = process.argv[2];
if (asked !== undefined && !PARTS.includes(asked)) {
  throw new Error(`there is no part ${asked}; there are: ${PARTS.join(", ")}`);
}
const parts = asked === undefined ? PARTS : [asked];

if (parts.some((part) => part !== "step")) {
  run("cargo", [
    "build", "--locked", "--quiet", "--package", "jobnet-web", "--example", "bench-charts", "--features", "bench",
    "--target", "wasm32-unknown-unknown", "--profile", "wasm-release",
  ]);
  run("wasm-bindgen", [
    "--target", "web", "--no-typescript", "--out-dir", join(benchRoot, "charts", "ours"), "--out-name", "bench-charts",
    join(targetDir, "wasm32-unknown-unknown", "wasm-release", "examples", "bench_charts.wasm"),
  ]);
}

const browser = await launch();
const result = {};
try {
  for (const part of parts) {
    const measure = () => {
      if (part === "step") return withServer((address) => measureStep(browser, REPETITIONS, address));
      if (part === "pointer") return measurePointer(browser, REPETITIONS);
      return measureDrawing(browser, part, REPETITIONS);
    };
    result[part] = await measure();
  }
} finally {
  await browser.close();
}
console.log(JSON.stringify(result));
