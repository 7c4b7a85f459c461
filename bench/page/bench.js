// `cargo xtask bench page`: what the first load weighs, and how long it takes beside a React page
// with the same style sheet, fonts and data, served by the same server from the same database.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { demoDatabase, projectRoot, run, startServer } from "../lib/steps.js";
import { measure } from "./drive.js";

const folder = mkdtempSync(join(tmpdir(), "jobnet-bench-page-"));
try {
  const database = demoDatabase(folder);
  const dist = join(projectRoot, "dist");
  const peerDist = join(folder, "peer");
  run("node", [join(projectRoot, "bench", "page", "build.js"), dist, peerDist]);

  const parts = JSON.parse(execFileSync("cargo", ["xtask", "weights"], { cwd: projectRoot, stdio: ["ignore", "pipe", 2] }));

  const ours = await startServer(database, dist);
  const peer = await startServer(database, peerDist);
  try {
    const rows = await measure(ours.address, peer.address);
    console.log(JSON.stringify({ brotli_bytes: parts, first_chart: rows }));
  } finally {
    ours.stop();
    peer.stop();
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
