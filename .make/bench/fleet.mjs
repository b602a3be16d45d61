// A console with ten thousand nodes. What stands for AWS is another process, so that the memory is the console's alone.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { CONNECTIONS, load, words } from "./load.mjs";
import { OpenPage } from "./open-page.mjs";
import { Console, Program, folder, freeAddress, ready } from "./program.mjs";
import { Upstream } from "./upstream.mjs";

const NODES = Number(process.env.BENCH_NODES ?? 10_000);
const OPEN_PAGES = [1, 200];
// Four times that the console looks at the nodes.
const WATCH_SECONDS = 60;

const QUERIES = [
  "?q=web",
  "?q=ubuntu+10.",
  "?ping=Online&agent=<3.3.1345.0",
  "?os=^Ubuntu&name=!:web&sort=computer",
  "?platform=Windows&ping=ConnectionLost&join=or&sort=agent&desc=1",
  "?last_ping=>1h&sort=last_ping&page=40",
  "?sort=ip",
  "?sort=os&desc=1&page=250",
];

const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

export async function measureFleet(sekisho, bareRoute) {
  const upstream = await Upstream.start(sekisho, NODES);
  try {
    const console_ = await Console.start(sekisho, upstream.environment);
    try {
      await console_.shows(NODES);
      console.log(`with ${NODES} nodes, ${CONNECTIONS} connections:`);
      await measureAnswers(console_);
      await measureBeside(console_, bareRoute);
      const { now, most } = console_.program.memory();
      console.log(`  memory of the console (backend in another process): ${now.toFixed(0)} MiB, at most ${most.toFixed(0)} MiB`);
      await measureOpenPages(console_, upstream);
    } finally {
      await console_.program.stop();
    }
  } finally {
    await upstream.stop();
  }
}

async function measureAnswers({ base, cookie }) {
  console.log(`  first page of /nodes: ${words(await load(base, { path: "/nodes", cookie }))}`);
  const requests = QUERIES.map((query) => ({
    method: "POST",
    path: "/api/nodes/list",
    headers: { cookie, "content-type": "application/json" },
    body: JSON.stringify({ query }),
  }));
  console.log(`  filters and orders, as the page asks for them: ${words(await load(base, { cookie, requests }))}`);
  const pages = QUERIES.map((query) => ({ method: "GET", path: encodeURI(`/nodes${query}`), headers: { cookie } }));
  console.log(`  filters and orders, as whole pages: ${words(await load(base, { cookie, requests: pages }))}`);
}

// The same bytes from a route of axum that does nothing else.
async function measureBeside({ base, cookie }, bareRoute) {
  const page = Buffer.from(await (await fetch(`${base}/nodes`, { headers: { cookie } })).arrayBuffer());
  const file = join(folder(), "page.html");
  writeFileSync(file, page);
  const listen = await freeAddress();
  const program = new Program(bareRoute, [listen, file], {});
  try {
    await ready(`http://${listen}/`);
    const bare = await load(`http://${listen}`);
    const rendered = await load(base, { path: "/nodes", cookie });
    const ratio = (rendered.perSecond / bare.perSecond).toFixed(3);
    console.log(`  /nodes beside a bare route of the same ${(page.length / 1000).toFixed(0)} KB: ${ratio} of its ${words(bare)}`);
  } finally {
    await program.stop();
  }
}

async function measureOpenPages(console_, upstream) {
  for (const count of OPEN_PAGES) {
    const pages = await Promise.all(Array.from({ length: count }, () => OpenPage.open(console_)));
    const asked = () => pages.reduce((sum, page) => sum + page.asked, 0);
    const [callsBefore, askedBefore] = [upstream.asked, asked()];
    await wait(WATCH_SECONDS * 1000);
    const aMinute = (number) => ((number * 60) / WATCH_SECONDS).toFixed(0);
    const calls = aMinute(upstream.asked - callsBefore);
    console.log(`  calls to AWS a minute with ${count} open pages: ${calls} (the list was asked for ${aMinute(asked() - askedBefore)} times)`);
    await Promise.all(pages.map((page) => page.close()));
  }
}
