// The peer of the page benchmark: a minimal React page with the same data, style sheet and fonts.
// Two charts by Chart.js and the table of months, behind react-router as any real app would be.
import { createRoot } from "react-dom/client";
import { useEffect, useRef, useState } from "react";
import { createBrowserRouter, RouterProvider } from "react-router";
import { BarController, BarElement, Chart, LinearScale, CategoryScale, LineController, LineElement, PointElement, Tooltip } from "chart.js";

Chart.register(BarController, BarElement, LinearScale, CategoryScale, LineController, LineElement, PointElement, Tooltip);

function Plot({ label, type, labels, values, color }) {
  const canvas = useRef(null);
  useEffect(() => {
    const chart = new Chart(canvas.current, {
      type,
      data: { labels, datasets: [{ label, data: values, backgroundColor: color, borderColor: color, stepped: true, pointRadius: 0 }] },
      options: { animation: false, maintainAspectRatio: false },
    });
    if (!performance.getEntriesByName("jobnet:first-chart").length) performance.mark("jobnet:first-chart");
    return () => chart.destroy();
  }, [label, type, labels, values, color]);
  return (
    <div className="peer-plot">
      <canvas ref={canvas} role="img" aria-label={label} />
    </div>
  );
}

function Overview() {
  const [boot, setBoot] = useState(null);
  useEffect(() => {
    fetch("/api/v1/boot").then((response) => response.json()).then(setBoot);
  }, []);
  if (!boot?.account) return <p>…</p>;
  // The page's own facts: the same answer, nothing more to fetch or to compute.
  const { case: facts, payments } = boot.account;
  const labels = facts.months.map((month) => month.month);
  return (
    <main className="container page-container">
      <h1>Overblik</h1>
      <Plot label="Dagpenge" type="line" labels={labels} values={payments.map((payment) => payment.gross)} color="#a63603" />
      <Plot label="Arbejde" type="bar" labels={labels} values={facts.months.map((month) => month.work_hours)} color="#2171b5" />
      <table className="table">
        <thead><tr><th>Måned</th><th>Timer</th><th>Dagpenge</th></tr></thead>
        <tbody>
          {facts.months.map((month, i) => (
            <tr key={month.month}><td>{month.month}</td><td>{month.work_hours ?? "?"}</td><td>{payments[i]?.gross ?? ""}</td></tr>
          ))}
        </tbody>
      </table>
    </main>
  );
}

createRoot(document.getElementById("root")).render(<RouterProvider router={createBrowserRouter([{ path: "*", element: <Overview /> }])} />);
