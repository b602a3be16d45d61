// Load on one address, and how long its answers take.
import autocannon from "autocannon";

export const CONNECTIONS = 25;
const SECONDS = Number(process.env.BENCH_SECONDS ?? 6);

// Requests a second, and the time in ms within which half and 95 % of the answers came.
export async function load(base, { path = "/", cookie = "", requests } = {}) {
  const times = [];
  const result = await new Promise((resolve, reject) => {
    const options = {
      url: base + path,
      connections: CONNECTIONS,
      duration: SECONDS,
      headers: { cookie, "accept-encoding": "identity" },
      ...(requests ? { requests } : {}),
    };
    const instance = autocannon(options, (error, result) => (error ? reject(error) : resolve(result)));
    instance.on("response", (_client, _status, _bytes, time) => times.push(time));
  });
  if (result.non2xx || result.errors) throw new Error(`${path}: ${result.non2xx} refused, ${result.errors} failed`);
  times.sort((a, b) => a - b);
  const within = (part) => times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? Number.NaN;
  return { perSecond: result.requests.average, median: within(0.5), p95: within(0.95) };
}

export const words = ({ perSecond, median, p95 }) =>
  `${perSecond.toFixed(0)} requests/s, median ${median.toFixed(1)} ms, 95 % within ${p95.toFixed(1)} ms`;
