// The peers, each as it is meant to be used: no animation, its own fast paths on.
// A peer is { name, create(box, kind, set) -> { redraw(set), canvas, destroy() } }.

const HOURS = "#2171b5";
const BENEFIT = "#a63603";
const LIMIT = "#1a1a1a";
const LIMIT_HOURS = 145.53;
const WIDTH = 960;
const HEIGHT = 400;

function constant(length, value) {
  return new Float64Array(length).fill(value);
}

export const uplot = {
  name: "uPlot",
  create(box, kind, set) {
    const step = window.uPlot.paths.stepped({ align: 1 });
    const bars = window.uPlot.paths.bars({ size: [0.58] });
    const options =
      kind === "line"
        ? {
            width: WIDTH,
            height: HEIGHT,
            scales: { x: { time: false } },
            series: [{}, { stroke: HOURS, width: 2 }],
          }
        : {
            width: WIDTH,
            height: HEIGHT,
            scales: { x: { time: false }, hours: {}, benefit: {} },
            axes: [{}, { scale: "hours" }, { scale: "benefit", side: 1, grid: { show: false } }],
            series: [
              {},
              { scale: "hours", fill: HOURS, stroke: HOURS, paths: bars, points: { show: false } },
              { scale: "benefit", stroke: BENEFIT, width: 3, paths: step, points: { show: false } },
              { scale: "hours", stroke: LIMIT, width: 1.5, dash: [7, 4], points: { show: false } },
            ],
          };
    const shape = (data) =>
      kind === "line"
        ? [data.xs, data.ys]
        : [data.xs, data.hours, data.benefit, constant(data.xs.length, LIMIT_HOURS)];
    const chart = new window.uPlot(options, shape(set), box);
    return {
      canvas: box.querySelector("canvas"),
      over: box.querySelector(".u-over"),
      redraw: (data) => chart.setData(shape(data)),
      // uPlot draws in a microtask of its own.
      settled: () => Promise.resolve(),
      destroy: () => chart.destroy(),
    };
  },
};

export const chartjs = {
  name: "Chart.js",
  create(box, kind, set) {
    const canvas = document.createElement("canvas");
    canvas.width = WIDTH;
    canvas.height = HEIGHT;
    box.append(canvas);
    const points = (xs, ys) => Array.from(xs, (x, i) => ({ x, y: ys[i] }));
    const datasets = (data) =>
      kind === "line"
        ? [{ type: "line", data: points(data.xs, data.ys), borderColor: HOURS, borderWidth: 2, pointRadius: 0 }]
        : [
            { type: "bar", yAxisID: "hours", data: points(data.xs, data.hours), backgroundColor: HOURS },
            { type: "line", yAxisID: "benefit", data: points(data.xs, data.benefit), borderColor: BENEFIT, borderWidth: 3, stepped: true, pointRadius: 0 },
            { type: "line", yAxisID: "hours", data: points(data.xs, constant(data.xs.length, LIMIT_HOURS)), borderColor: LIMIT, borderWidth: 1.5, borderDash: [7, 4], pointRadius: 0 },
          ];
    const scales =
      kind === "line"
        ? { x: { type: "linear" }, y: {} }
        : { x: { type: "linear" }, hours: {}, benefit: { position: "right", grid: { display: false } } };
    const chart = new window.Chart(canvas, {
      data: { datasets: datasets(set) },
      options: {
        animation: false,
        responsive: false,
        parsing: false,
        normalized: true,
        devicePixelRatio: window.devicePixelRatio,
        interaction: { mode: "index", intersect: false },
        plugins: { legend: { display: false }, decimation: { enabled: kind === "line", algorithm: "min-max" } },
        scales,
      },
    });
    return {
      canvas,
      over: canvas,
      redraw: (data) => {
        const next = datasets(data);
        chart.data.datasets.forEach((dataset, i) => {
          dataset.data = next[i].data;
        });
        chart.update("none");
      },
      settled: () => undefined,
      destroy: () => chart.destroy(),
    };
  },
};

export const echarts = {
  name: "ECharts",
  create(box, kind, set) {
    const chart = window.echarts.init(box, null, { width: WIDTH, height: HEIGHT, devicePixelRatio: window.devicePixelRatio });
    const pairs = (xs, ys) => Array.from(xs, (x, i) => [x, ys[i]]);
    const series = (data) =>
      kind === "line"
        ? [{ type: "line", data: pairs(data.xs, data.ys), showSymbol: false, sampling: "lttb", lineStyle: { color: HOURS, width: 2 } }]
        : [
            { type: "bar", data: pairs(data.xs, data.hours), itemStyle: { color: HOURS } },
            { type: "line", yAxisIndex: 1, data: pairs(data.xs, data.benefit), step: "end", showSymbol: false, lineStyle: { color: BENEFIT, width: 3 }, markLine: { symbol: "none", data: [{ yAxis: LIMIT_HOURS }] } },
          ];
    chart.setOption({
      animation: false,
      xAxis: { type: "value" },
      yAxis: kind === "line" ? [{ type: "value" }] : [{ type: "value" }, { type: "value" }],
      tooltip: { trigger: "axis" },
      series: series(set),
    });
    return {
      canvas: box.querySelector("canvas"),
      over: box.querySelector("canvas"),
      redraw: (data) => {
        chart.setOption({ series: series(data) });
        chart.getZr().flush();
      },
      settled: () => undefined,
      destroy: () => chart.dispose(),
    };
  },
};

// The bare canvas: the least that must be done for the same marks.
export const bare = {
  name: "bare canvas",
  create(box, kind, set) {
    const dpr = window.devicePixelRatio;
    const canvas = document.createElement("canvas");
    canvas.width = WIDTH * dpr;
    canvas.height = HEIGHT * dpr;
    box.append(canvas);
    const context = canvas.getContext("2d");
    const draw = (data) => {
      const { width, height } = canvas;
      context.clearRect(0, 0, width, height);
      const count = data.xs.length;
      const x = (i) => 60 * dpr + ((width - 80 * dpr) * i) / Math.max(1, count - 1);
      const y = (value, max) => height - 30 * dpr - ((height - 50 * dpr) * value) / max;
      context.strokeStyle = "#e4e8eb";
      context.lineWidth = dpr;
      context.beginPath();
      for (let k = 0; k <= 5; k += 1) {
        context.moveTo(60 * dpr, y(k, 5));
        context.lineTo(width - 20 * dpr, y(k, 5));
      }
      context.stroke();
      context.fillStyle = LIMIT;
      context.font = `${13 * dpr}px sans-serif`;
      for (let k = 0; k <= 5; k += 1) context.fillText(String(k * 20), 10 * dpr, y(k, 5));
      if (kind === "line") {
        context.strokeStyle = HOURS;
        context.lineWidth = 2 * dpr;
        context.beginPath();
        for (let i = 0; i < count; i += 1) context.lineTo(x(i), y(data.ys[i], 100));
        context.stroke();
        return;
      }
      context.fillStyle = HOURS;
      for (let i = 0; i < count; i += 1) {
        const top = y(data.hours[i], 170);
        context.fillRect(x(i) - 8 * dpr, top, 16 * dpr, height - 30 * dpr - top);
      }
      context.strokeStyle = BENEFIT;
      context.lineWidth = 3 * dpr;
      context.beginPath();
      for (let i = 0; i < count; i += 1) {
        context.lineTo(x(i), y(data.benefit[i], 23000));
        if (i + 1 < count) context.lineTo(x(i + 1), y(data.benefit[i], 23000));
      }
      context.stroke();
    };
    draw(set);
    return { canvas, over: canvas, redraw: draw, settled: () => undefined, destroy: () => canvas.remove() };
  },
};
