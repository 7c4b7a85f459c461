// Our charts and the peers on a page of their own, served on loopback.
import { createServer } from "node:http";
import { readFile, readdir } from "node:fs/promises";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { median } from "../lib/browser.js";
import { projectRoot } from "../lib/steps.js";

const root = fileURLToPath(new URL("..", import.meta.url));
// A page of its own may read the clock to 5 µs; others to a tenth of a millisecond.
const ISOLATED = {
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
};
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm" };
const WARM_UPS = 5;
const FRAMES = 30;

async function serve() {
  // The style sheet of the app: our component is measured as a citizen sees it.
  const dist = join(projectRoot, "dist");
  const sheet = (await readdir(dist)).find((name) => name.startsWith("main-") && name.endsWith(".css"));
  const place = (path) => {
    if (path === "/app.css") return join(dist, sheet);
    return path.startsWith("/peers/") ? join(root, "node_modules", path.slice(7)) : join(root, path);
  };
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
  return server;
}

// Uses a page on which the charts can be drawn; an error of the page is one of the bench.
async function withPage(browser, use) {
  const server = await serve();
  const page = await browser.newPage({ viewport: { width: 1000, height: 500 }, deviceScaleFactor: 2 });
  const errors = [];
  page.on("pageerror", (error) => errors.push(error));
  try {
    await page.goto(`http://127.0.0.1:${server.address().port}/charts/index.html`);
    await page.waitForFunction(() => window.bench !== undefined);
    const result = await use(page);
    if (errors.length > 0) throw errors[0];
    return result;
  } finally {
    await page.close();
    server.close();
  }
}

const withRatio = (ms) => ({ ...ms, ratio_to_uplot: ms.ours / ms.uPlot });

// Milliseconds to create and to redraw one picture, by library; the ratio is ours to uPlot.
export async function measureDrawing(browser, figure, repetitions) {
  const options = { figure, repetitions, warmUps: WARM_UPS };
  const byPeer = await withPage(browser, (page) => page.evaluate((o) => window.bench.measure(o), options));
  const of = (measure) => withRatio(Object.fromEntries(Object.entries(byPeer).map(([name, ms]) => [name, ms[measure]])));
  return { create: of("create"), redraw: of("redraw") };
}

// A pointer move: milliseconds of the main thread for a frame with one, less those of an idle frame.
export async function measurePointer(browser, repetitions) {
  return withPage(browser, async (page) => {
    const session = await page.context().newCDPSession(page);
    await session.send("Performance.enable");
    const taskSeconds = async () => {
      const { metrics } = await session.send("Performance.getMetrics");
      return metrics.find((metric) => metric.name === "TaskDuration").value;
    };
    const samples = { ours: [], uPlot: [], "Chart.js": [] };
    const names = Object.keys(samples);
    for (let round = 0; round < repetitions; round += 1) {
      for (let k = 0; k < names.length; k += 1) {
        // The order turns, so that no peer is always first after a garbage collection.
        const name = names[(k + round) % names.length];
        await page.evaluate((n) => window.bench.show(n, "composite"), name);
        await page.evaluate((frames) => window.bench.idle(frames), 10);
        const t0 = await taskSeconds();
        await page.evaluate((frames) => window.bench.idle(frames), FRAMES);
        const t1 = await taskSeconds();
        await page.evaluate((frames) => window.bench.move(frames), FRAMES);
        const t2 = await taskSeconds();
        samples[name].push(((t2 - t1 - (t1 - t0)) * 1000) / FRAMES);
      }
    }
    return withRatio(Object.fromEntries(names.map((name) => [name, median(samples[name])])));
  });
}
