// A step of “what if” in the page as it is delivered, at a slow CPU.
//
// A step is what the main thread does from the task that brings the slider's input event to the end of
// the frame that shows the answer: rules, view-model, page, drawing, style, layout, paint. It is read
// from the browser's own trace, so that nothing of the measuring is in it, nor the wait for the frame.
// The same slider with nobody listening is moved in the same run: what the browser takes for that alone
// no page can do without; the difference is what the answer takes.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { median, signedIn } from "../lib/browser.js";
import { demoDatabase, projectRoot, startServer } from "../lib/steps.js";

const SLOWDOWN = 4;
const WARM_UPS = 10;
const PATIENCE_MS = 5_000;
const SLIDER = "[data-slider=hours]";
const CATEGORIES = ["devtools.timeline", "disabled-by-default-devtools.timeline", "blink.user_timing"];
const PARTS = {
  style: ["UpdateLayoutTree"],
  layout: ["Layout"],
  paint: ["PrePaint", "Paint", "Layerize", "Commit"],
};

// One key on the slider; ends in a task after the frame that shows it (and the answer, if there is to
// be one), and marks it in the trace.
async function step(page, key, isAnswered) {
  await page.evaluate(([selector, patience, isAnswered]) => {
    const chart = document.querySelector("[data-drawn]");
    const last = chart.dataset.drawn;
    window.stepped = new Promise((done, failed) => {
      setTimeout(() => failed(new Error(`nothing to see ${patience} ms after a step of the slider`)), patience);
      const after = new MessageChannel();
      const look = () => requestAnimationFrame(() => after.port2.postMessage(null));
      after.port1.onmessage = () => {
        if (isAnswered && chart.dataset.drawn === last) return look();
        performance.mark("jobnet:stepped");
        done();
      };
      document.querySelector(selector).addEventListener("input", look, { once: true });
    });
    // Whoever waits for it hears of it; here only that nobody waits yet.
    window.stepped.catch(() => {});
  }, [SLIDER, PATIENCE_MS, isAnswered]);
  await page.keyboard.press(key);
  await page.evaluate(() => window.stepped);
}

// The trace of what `act` does, events in order of time.
async function traced(browser, act) {
  const session = await browser.newBrowserCDPSession();
  const events = [];
  session.on("Tracing.dataCollected", ({ value }) => events.push(...value));
  const complete = new Promise((done) => session.once("Tracing.tracingComplete", done));
  await session.send("Tracing.start", { transferMode: "ReportEvents", traceConfig: { includedCategories: CATEGORIES } });
  await act();
  await session.send("Tracing.end");
  await complete;
  await session.detach();
  return events.sort((a, b) => a.ts - b.ts);
}

// Milliseconds of each step in a trace: all of it, and its parts.
function read(events) {
  const steps = [];
  const ends = events.filter((event) => event.name === "jobnet:stepped");
  const thread = (event) => ends.length > 0 && event.pid === ends[0].pid && event.tid === ends[0].tid;
  const main = events.filter((event) => event.ph === "X" && thread(event));
  const inputs = main.filter((event) => event.name === "EventDispatch" && event.args.data?.type === "input");
  for (const [place, end] of ends.entries()) {
    const input = inputs[place];
    const began = main.findLast((event) => event.name === "RunTask" && event.ts <= input.ts);
    // The task that marks the end is the measuring's own.
    const inside = main.filter((event) => event.ts >= began.ts && event.ts + event.dur <= end.ts);
    const sum = (names) => inside.filter((event) => names.includes(event.name)).reduce((ms, event) => ms + event.dur / 1000, 0);
    const parts = Object.fromEntries(Object.entries(PARTS).map(([name, names]) => [name, sum(names)]));
    const all = sum(["RunTask"]);
    const script = all - Object.values(parts).reduce((ms, part) => ms + part, 0);
    steps.push({ all, script, ...parts });
  }
  if (inputs.length !== ends.length) throw new Error(`${inputs.length} inputs, but ${ends.length} answers`);
  return steps;
}

// Medians in milliseconds.
export async function measureStep(browser, repetitions, address) {
  const page = await signedIn(browser, address, { width: 1280, height: 900 });
  const session = await page.context().newCDPSession(page);
  await page.goto(`${address}/timer-og-ydelse?visning=hvad-nu-hvis`);
  await page.waitForSelector("[data-drawn]");
  await page.waitForFunction(() => document.fonts.status === "loaded");
  await page.focus(SLIDER);
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWDOWN });
  const moved = async (isAnswered) => {
    const events = await traced(browser, async () => {
      for (let round = 0; round < WARM_UPS + repetitions; round += 1) {
        await step(page, round % 40 < 20 ? "ArrowRight" : "ArrowLeft", isAnswered);
      }
    });
    const samples = read(events).slice(WARM_UPS);
    if (samples.length !== repetitions) throw new Error(`${samples.length} steps were traced, not ${repetitions}`);
    return samples;
  };
  const samples = await moved(true);
  // A copy has everything of an element but those who listen to it.
  await page.evaluate((selector) => {
    const slider = document.querySelector(selector);
    slider.replaceWith(slider.cloneNode());
    document.querySelector(selector).focus();
  }, SLIDER);
  const drawn = () => page.evaluate(() => document.querySelector("[data-drawn]").dataset.drawn);
  const before = await drawn();
  const unanswered = await moved(false);
  if ((await drawn()) !== before) throw new Error("somebody answered the slider that nobody listens to");
  await page.context().close();
  const ms = (part, of = samples) => median(of.map((sample) => sample[part]));
  return {
    slowdown: SLOWDOWN,
    repetitions,
    ms: ms("all"),
    unanswered_ms: ms("all", unanswered),
    answer_ms: ms("all") - ms("all", unanswered),
    script_ms: ms("script"),
    style_ms: ms("style"),
    layout_ms: ms("layout"),
    paint_ms: ms("paint"),
    slowest_ms: Math.max(...samples.map((sample) => sample.all)),
  };
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
