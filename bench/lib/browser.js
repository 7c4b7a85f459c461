// Starts Chromium as the project's browser tests do.
import { chromium } from "playwright-core";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export function launch() {
  return chromium.launch({ executablePath: "/usr/bin/chromium", args: FLAGS });
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

// A page of a demo citizen, signed in before anything is measured.
export async function signedIn(browser, address, viewport) {
  const context = await browser.newContext({ viewport });
  const answer = await context.request.post(`${address}/api/v1/session/demo`, {
    data: { persona: "citizen-full-time" },
    headers: { origin: address, "sec-fetch-site": "same-origin" },
  });
  if (!answer.ok()) throw new Error(`sign-in answered ${answer.status()}`);
  return context.newPage();
}
