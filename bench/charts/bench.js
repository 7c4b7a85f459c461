// `cargo xtask bench charts`: builds our charts as the app has them, then measures beside the peers.
import { join } from "node:path";
import { benchRoot, installPeers, run, targetDir } from "../lib/steps.js";

installPeers();
run("cargo", [
  "build", "--locked", "--quiet", "--package", "jobnet-web", "--example", "bench-charts", "--features", "bench",
  "--target", "wasm32-unknown-unknown", "--profile", "wasm-release",
]);
run("wasm-bindgen", [
  "--target", "web", "--no-typescript", "--out-dir", join(benchRoot, "charts", "ours"), "--out-name", "bench-charts",
  join(targetDir, "wasm32-unknown-unknown", "wasm-release", "examples", "bench_charts.wasm"),
]);
await import("./drive.js");
