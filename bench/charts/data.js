// The data of the chart benchmark: the same numbers for every library.

// A small generator with a fixed seed (mulberry32), so that every run draws the same picture.
function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

// A random walk of `count` points.
function line(count, seed) {
  const next = random(seed);
  const xs = new Float64Array(count);
  const ys = new Float64Array(count);
  let value = 50;
  for (let i = 0; i < count; i += 1) {
    value += (next() - 0.5) * 6 + (50 - value) * 0.01;
    xs[i] = i;
    ys[i] = value;
  }
  return { xs, ys };
}

// Thirty-six months of work hours and benefit in kroner.
function composite(seed) {
  const next = random(seed);
  const xs = new Float64Array(36);
  const hours = new Float64Array(36);
  const benefit = new Float64Array(36);
  for (let i = 0; i < 36; i += 1) {
    xs[i] = i;
    hours[i] = Math.round(next() * 16000) / 100;
    const payable = 160.33 - hours[i];
    benefit[i] = payable < 14.8 ? 0 : Math.round((payable * 2204100) / 160.33) / 100;
  }
  return { xs, hours, benefit };
}

// Every figure has two data sets: a redraw alternates between them.
export const figures = [
  { name: "36", kind: "line", sets: [line(36, 1), line(36, 2)] },
  { name: "1100", kind: "line", sets: [line(1100, 1), line(1100, 2)] },
  { name: "10000", kind: "line", sets: [line(10000, 1), line(10000, 2)] },
  { name: "166650", kind: "line", sets: [line(166650, 1), line(166650, 2)] },
  { name: "composite", kind: "composite", sets: [composite(1), composite(2)] },
];
