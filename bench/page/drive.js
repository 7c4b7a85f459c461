// Navigation to the first chart, ours and the React peer, interleaved, slow network and slow CPU.
import { launch, median, signedIn } from "../lib/browser.js";

const REPETITIONS = Number(process.env.BENCH_REPETITIONS ?? 15);
const SLOW = { offline: false, latency: 150, downloadThroughput: (1.6e6 / 8), uploadThroughput: (0.75e6 / 8) };

async function once(browser, address, slow) {
  // A fresh context is a cold cache; the session is made before the clock starts.
  const page = await signedIn(browser, address, { width: 1280, height: 900 });
  const session = await page.context().newCDPSession(page);
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
  await page.context().close();
  return { ms, bytes };
}

// Two addresses, of the same server program over the same database, to one row a measure.
export async function measure(ours, peer) {
  const browser = await launch();
  const samples = { slow: { ours: [], peer: [] }, fast: { ours: [], peer: [] }, bytes: { ours: [], peer: [] } };
  // The first round only warms the servers and the browser.
  for (let round = 0; round <= REPETITIONS; round += 1) {
    for (const profile of ["slow", "fast"]) {
      for (const [name, address] of round % 2 ? [["ours", ours], ["peer", peer]] : [["peer", peer], ["ours", ours]]) {
        const one = await once(browser, address, profile === "slow");
        if (round === 0) continue;
        samples[profile][name].push(one.ms);
        samples.bytes[name].push(one.bytes);
      }
    }
  }
  await browser.close();
  const row = (s) => ({ ours: median(s.ours), react: median(s.peer), ratio: median(s.ours) / median(s.peer) });
  return { slow_ms: row(samples.slow), unthrottled_ms: row(samples.fast), wire_bytes: row(samples.bytes) };
}
