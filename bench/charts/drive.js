// Serves the bench page on loopback, runs it in headless Chromium, prints one JSON object.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { launch, median } from "../lib/browser.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm" };
const REPETITIONS = Number(process.env.BENCH_REPETITIONS ?? 15);

const server = createServer(async (request, response) => {
  const path = normalize(new URL(request.url, "http://localhost").pathname);
  const file = path.startsWith("/peers/") ? join(root, "node_modules", path.slice(7)) : join(root, path);
  try {
    const body = await readFile(file);
    response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" });
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
const taskSeconds = async () => {
  const { metrics } = await session.send("Performance.getMetrics");
  return metrics.find((metric) => metric.name === "TaskDuration").value;
};
const FRAMES = 60;
const pointer = {};
for (const figure of ["composite", "1100"]) {
  pointer[figure] = {};
  const samples = {};
  for (let round = 0; round < REPETITIONS; round += 1) {
    for (const name of ["ours", "uPlot", "Chart.js"]) {
      await page.evaluate(([n, f]) => window.bench.show(n, f), [name, figure]);
      await page.evaluate((frames) => window.bench.idle(frames), 10);
      const t0 = await taskSeconds();
      await page.evaluate((frames) => window.bench.idle(frames), FRAMES);
      const t1 = await taskSeconds();
      await page.evaluate((frames) => window.bench.move(frames), FRAMES);
      const t2 = await taskSeconds();
      (samples[name] ??= []).push(((t2 - t1 - (t1 - t0)) * 1000) / FRAMES);
    }
  }
  for (const [name, values] of Object.entries(samples)) pointer[figure][name] = median(values);
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
for (const [figure, ms] of Object.entries(pointer)) {
  row(figure, "pointer move", { ...ms, ECharts: null, "bare canvas": null });
}
console.log(JSON.stringify(rows));
