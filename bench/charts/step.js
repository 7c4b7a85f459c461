// A step of “what if” in the page as it is delivered: what the main thread does from the input to
// the end of the frame that shows its answer (rules, view-model, page, drawing), at a slow CPU.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { median, signedIn } from "../lib/browser.js";
import { demoDatabase, projectRoot, startServer } from "../lib/steps.js";

const SLOWDOWN = 4;
const WARM_UPS = 10;
const SLIDER = "[data-slider=hours]";

// Milliseconds of the main thread for one key on the slider and the frame that shows its answer; what
// the measuring does itself is in it.
async function step(page, session, key) {
  const busy = async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    const of = (name) => metrics.find((metric) => metric.name === name).value * 1000;
    return ["TaskDuration", "ScriptDuration", "LayoutDuration", "RecalcStyleDuration"].map(of);
  };
  const before = await busy();
  await page.evaluate((selector) => {
    const chart = document.querySelector("[data-drawn]");
    const last = chart.dataset.drawn;
    window.stepped = new Promise((done) => {
      // A task after the frame that has drawn: the frame is done when it runs.
      const after = new MessageChannel();
      after.port1.onmessage = () => (chart.dataset.drawn === last ? look() : done());
      const look = () => requestAnimationFrame(() => after.port2.postMessage(null));
      document.querySelector(selector).addEventListener("input", look, { once: true });
    });
  }, SLIDER);
  await page.keyboard.press(key);
  await page.evaluate(() => window.stepped);
  const after = await busy();
  return after.map((value, place) => value - before[place]);
}

// Medians in milliseconds.
export async function measureStep(browser, repetitions, address) {
  const page = await signedIn(browser, address, { width: 1280, height: 900 });
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "timeTicks" });
  await page.goto(`${address}/timer-og-ydelse?visning=hvad-nu-hvis`);
  await page.waitForSelector("[data-drawn]");
  await page.waitForFunction(() => document.fonts.status === "loaded");
  await page.focus(SLIDER);
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWDOWN });
  const samples = [];
  for (let round = 0; round < WARM_UPS + repetitions; round += 1) {
    const one = await step(page, session, round % 40 < 20 ? "ArrowRight" : "ArrowLeft");
    if (round >= WARM_UPS) samples.push(one);
  }
  await page.context().close();
  const [ms, script_ms, layout_ms, style_ms] = [0, 1, 2, 3].map((at) => median(samples.map((one) => one[at])));
  return { slowdown: SLOWDOWN, ms, script_ms, layout_ms, style_ms };
}

// The same with a server and citizens of its own.
export async function withServer(use) {
  const folder = mkdtempSync(join(tmpdir(), "jobnet-bench-step-"));
  try {
    const server = await startServer(demoDatabase(folder), join(projectRoot, "dist"));
    try {
      return await use(server.address);
    } finally {
      server.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
