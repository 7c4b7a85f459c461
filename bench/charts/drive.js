// Serves the bench page on loopback, runs it in headless Chromium, prints one JSON object.
import { createServer } from "node:http";
import { readFile, readdir } from "node:fs/promises";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { launch, median } from "../lib/browser.js";
import { projectRoot } from "../lib/steps.js";

const root = fileURLToPath(new URL("..", import.meta.url));
// A page of its own may read the clock to 5 µs; others to a tenth of a millisecond.
const ISOLATED = {
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
};
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm" };
const REPETITIONS = Number(process.env.BENCH_REPETITIONS ?? 15);

// The style sheet of the app: our component is measured as a citizen sees it.
const dist = join(projectRoot, "dist");
const sheet = (await readdir(dist)).find((name) => name.startsWith("main-") && name.endsWith(".css"));

function place(path) {
  if (path === "/app.css") return join(dist, sheet);
  return path.startsWith("/peers/") ? join(root, "node_modules", path.slice(7)) : join(root, path);
}

const server = createServer(async (request, response) => {
  const file = place(normalize(new URL(request.url, "http://localhost").pathname));
  try {
    const body = await readFile(file);
    response.writeHead(200, { ...ISOLATED, "content-type": TYPES[extname(file)] ?? "application/octet-stream" });
    response.end(body);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const address = `http://127.0.0.1:${server.address().port}/charts/index.html`;

const browser = await launch();
const page = await browser.newPage({ viewport: { width: 1000, height: 500 }, deviceScaleFactor: 2 });
page.on("pageerror", (error) => {
  console.error(error.message);
  process.exitCode = 1;
});
await page.goto(address);
await page.waitForFunction(() => window.bench !== undefined);
const draw = await page.evaluate((options) => window.bench.measure(options), { repetitions: REPETITIONS, warmUps: 5 });

// A pointer move: main-thread time of a frame with one move, less that of an idle frame.
const session = await page.context().newCDPSession(page);
await session.send("Performance.enable");
// The order turns, so that no peer is always first after a garbage collection.
const turned = (names, round) => names.map((_, place) => names[(place + round) % names.length]);
const taskSeconds = async () => {
  const { metrics } = await session.send("Performance.getMetrics");
  return metrics.find((metric) => metric.name === "TaskDuration").value;
};
const FRAMES = 30;
const pointer = {};
for (let round = 0; round < REPETITIONS; round += 1) {
  for (const name of turned(["ours", "uPlot", "Chart.js"], round)) {
    await page.evaluate(([n, f]) => window.bench.show(n, f), [name, "composite"]);
    await page.evaluate((frames) => window.bench.idle(frames), 10);
    const t0 = await taskSeconds();
    await page.evaluate((frames) => window.bench.idle(frames), FRAMES);
    const t1 = await taskSeconds();
    await page.evaluate((frames) => window.bench.move(frames), FRAMES);
    const t2 = await taskSeconds();
    (pointer[name] ??= []).push(((t2 - t1 - (t1 - t0)) * 1000) / FRAMES);
  }
}

if (process.env.BENCH_SCREENSHOTS) {
  for (const name of ["ours", "uPlot"]) {
    for (const figure of ["1100", "166650", "composite"]) {
      await page.evaluate(([n, f]) => window.bench.show(n, f), [name, figure]);
      await page.screenshot({ path: join(process.env.BENCH_SCREENSHOTS, `${name}-${figure}.png`) });
    }
  }
}
await browser.close();
server.close();

// One row a figure and measure, milliseconds; the ratio is ours to uPlot.
const rows = [];
const row = (figure, measure, ms) => rows.push({ figure, measure, ...ms, ratio_to_uplot: ms.ours / ms.uPlot });
for (const [figure, byPeer] of Object.entries(draw)) {
  for (const measure of ["create", "redraw"]) {
    row(figure, measure, Object.fromEntries(Object.entries(byPeer).map(([name, ms]) => [name, ms[measure]])));
  }
}
const moves = Object.fromEntries(Object.entries(pointer).map(([name, values]) => [name, median(values)]));
row("composite", "pointer move", { ...moves, ECharts: null, "bare canvas": null });
console.log(JSON.stringify(rows));
