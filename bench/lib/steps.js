// What the browser benches do before they measure: programs, free ports.
import { execFileSync, spawn } from "node:child_process";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const benchRoot = fileURLToPath(new URL("..", import.meta.url));
export const projectRoot = join(benchRoot, "..");
export const targetDir = process.env.CARGO_TARGET_DIR ?? join(projectRoot, "target");

// Runs a program to its end; its output goes to standard error, ours is for the result.
export function run(program, args, cwd = projectRoot) {
  execFileSync(program, args, { cwd, stdio: ["ignore", 2, 2] });
}

export async function freePort() {
  const server = createServer();
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

// A database with the demo citizens in this folder; gives its address.
export function demoDatabase(folder) {
  const server = join(targetDir, "release", "jobnet-server");
  const database = `sqlite://${join(folder, "demo.sqlite")}`;
  run(server, ["synthesise", "--citizens", "500", "--seed", "1", "--out", join(folder, "people")]);
  run(server, ["import", join(folder, "people", "earlier"), "--database-url", database]);
  run(server, ["import", join(folder, "people"), "--database-url", database]);
  return database;
}

// Starts the release server as a demo and waits until it answers.
export async function startServer(database, dist) {
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const child = spawn(
    join(targetDir, "release", "jobnet-server"),
    ["serve", "--demo", "--listen", `127.0.0.1:${port}`, "--database-url", database, "--dist", dist],
    { cwd: projectRoot, stdio: ["ignore", "ignore", 2] },
  );
  for (let tries = 0; tries < 100; tries += 1) {
    try {
      if ((await fetch(`${address}/readyz`)).ok) return { address, stop: () => child.kill("SIGTERM") };
    } catch {
      // Not listening yet.
    }
    await new Promise((done) => setTimeout(done, 100));
  }
  child.kill("SIGKILL");
  throw new Error("the server did not become ready in ten seconds");
}
