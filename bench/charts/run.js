// Runs in the page: every variant of every figure, interleaved, medians of many.
import { figures } from "./data.js";
import { bare, chartjs, echarts, uplot } from "./peers.js";
import { ours } from "./ours.js";

const peers = [ours, uplot, chartjs, echarts, bare];

// Forces the drawing that was recorded to be rastered now.
function flush(canvas) {
  canvas.getContext("2d").getImageData(0, 0, 1, 1);
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

function box() {
  const element = document.createElement("div");
  element.className = "box";
  document.body.append(element);
  return element;
}

async function once(peer, figure) {
  const element = box();
  let start = performance.now();
  const chart = peer.create(element, figure.kind, figure.sets[0]);
  await chart.settled();
  flush(chart.canvas);
  const create = performance.now() - start;
  await new Promise((done) => requestAnimationFrame(done));
  start = performance.now();
  chart.redraw(figure.sets[1]);
  await chart.settled();
  flush(chart.canvas);
  const redraw = performance.now() - start;
  chart.destroy();
  element.remove();
  return { create, redraw };
}

// { peer: { create, redraw } } in milliseconds, of one picture.
export async function measure({ figure: figureName, repetitions, warmUps }) {
  await ours.ready();
  const figure = figures.find((candidate) => candidate.name === figureName);
  const samples = new Map(peers.map((peer) => [peer.name, { create: [], redraw: [] }]));
  for (let round = 0; round < repetitions + warmUps; round += 1) {
    // The order turns, so that no peer is always first after a garbage collection.
    for (let k = 0; k < peers.length; k += 1) {
      const peer = peers[(k + round) % peers.length];
      const one = await once(peer, figure);
      if (round >= warmUps) {
        samples.get(peer.name).create.push(one.create);
        samples.get(peer.name).redraw.push(one.redraw);
      }
    }
  }
  return Object.fromEntries(
    [...samples].map(([name, s]) => [name, { create: median(s.create), redraw: median(s.redraw) }]),
  );
}

// Puts one chart on the page for the pointer bench and for looking at it.
export async function show(name, figureName) {
  await ours.ready();
  document.querySelectorAll(".box").forEach((element) => element.remove());
  const peer = peers.find((candidate) => candidate.name === name);
  const figure = figures.find((candidate) => candidate.name === figureName);
  const element = box();
  // A pointer needs crosshair and readout: ours are in the component around the drawing.
  const whole = peer.mount && figure.kind === "composite";
  const chart = whole ? peer.mount(element, figure.sets[0]) : peer.create(element, figure.kind, figure.sets[0]);
  await chart.settled();
  await new Promise((done) => requestAnimationFrame(done));
  window.shown = chart;
}

// One synthetic pointer move a frame over the chart on the page.
export function move(frames) {
  const target = window.shown.over;
  const rect = target.getBoundingClientRect();
  return new Promise((done) => {
    let frame = 0;
    const step = () => {
      const share = 0.1 + (0.8 * frame) / frames;
      const init = {
        bubbles: true,
        cancelable: true,
        clientX: rect.left + rect.width * share,
        clientY: rect.top + rect.height * 0.5,
        pointerType: "mouse",
      };
      target.dispatchEvent(new PointerEvent("pointermove", init));
      target.dispatchEvent(new MouseEvent("mousemove", init));
      frame += 1;
      if (frame < frames) requestAnimationFrame(step);
      else requestAnimationFrame(() => done());
    };
    requestAnimationFrame(step);
  });
}

export function idle(frames) {
  return new Promise((done) => {
    let frame = 0;
    const step = () => {
      frame += 1;
      if (frame < frames) requestAnimationFrame(step);
      else done();
    };
    requestAnimationFrame(step);
  });
}

window.bench = { measure, show, move, idle };
