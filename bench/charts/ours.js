// Our own drawing, as the app has it: the wasm of the app built with the feature `bench`.
import init, { BenchChart, bench_mount } from "/charts/ours/bench-charts.js";

let ready;

export const ours = {
  name: "ours",
  ready() {
    ready ??= init();
    return ready;
  },
  create(box, kind, set) {
    const canvas = document.createElement("canvas");
    box.append(canvas);
    const chart = new BenchChart(canvas);
    const draw = (data) => {
      const done = kind === "line" ? chart.line(data.xs, data.ys) : chart.composite(data.hours, data.benefit);
      if (!done) throw new Error("our chart was not drawn");
    };
    draw(set);
    return {
      canvas,
      over: canvas,
      redraw: draw,
      settled: () => Promise.resolve(),
      destroy: () => chart.free(),
    };
  },
  // The whole component, with crosshair and readout, for the pointer.
  mount(box, set) {
    bench_mount(box, set.hours, set.benefit);
    const over = box.querySelector(".chart-plot");
    // At this width it begins with fewer months: all of them, as the peers have.
    for (let out = 0; out < 4; out += 1) over.dispatchEvent(new KeyboardEvent("keydown", { key: "-", bubbles: true }));
    return { over, settled: () => Promise.resolve() };
  },
};
