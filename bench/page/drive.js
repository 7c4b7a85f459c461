// Navigation to the first chart, ours and the React peer, interleaved, slow network and slow CPU.
// Arguments: address of our app, address of the peer (same server program, same database).
import { launch, median } from "../lib/browser.js";

const [ours, peer] = process.argv.slice(2);
const REPETITIONS = Number(process.env.BENCH_REPETITIONS ?? 15);
const PERSONA = "citizen-full-time";
const SLOW = { offline: false, latency: 150, downloadThroughput: (1.6e6 / 8), uploadThroughput: (0.75e6 / 8) };

const browser = await launch();

async function once(address, slow) {
  // A fresh context is a cold cache; the session is made before the clock starts.
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const signIn = await context.request.post(`${address}/api/v1/session/demo`, {
    data: { persona: PERSONA },
    headers: { origin: address, "sec-fetch-site": "same-origin" },
  });
  if (!signIn.ok()) throw new Error(`sign-in answered ${signIn.status()}`);
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  if (slow) {
    await session.send("Network.emulateNetworkConditions", SLOW);
    await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  }
  let bytes = 0;
  session.on("Network.loadingFinished", (event) => {
    bytes += event.encodedDataLength;
  });
  await page.goto(`${address}/`, { waitUntil: "commit" });
  await page.waitForFunction(() => performance.getEntriesByName("jobnet:first-chart").length > 0, null, { polling: 20 });
  const ms = await page.evaluate(() => performance.getEntriesByName("jobnet:first-chart")[0].startTime);
  await context.close();
  return { ms, bytes };
}

const samples = { slow: { ours: [], peer: [] }, fast: { ours: [], peer: [] }, bytes: { ours: [], peer: [] } };
for (let round = 0; round < REPETITIONS + 1; round += 1) {
  for (const profile of ["slow", "fast"]) {
    for (const [name, address] of round % 2 ? [["ours", ours], ["peer", peer]] : [["peer", peer], ["ours", ours]]) {
      const one = await once(address, profile === "slow");
      if (round === 0) continue;
      samples[profile][name].push(one.ms);
      samples.bytes[name].push(one.bytes);
    }
  }
}
await browser.close();
const row = (measure, s) => ({ measure, ours: median(s.ours), react_peer: median(s.peer), ratio: median(s.ours) / median(s.peer) });
console.log(
  JSON.stringify([
    row("first chart, slow 4G and CPU ÷ 4, ms", samples.slow),
    row("first chart, unthrottled, ms", samples.fast),
    row("bytes on the wire", samples.bytes),
  ]),
);
