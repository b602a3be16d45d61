// Measures the release program: `bench.mjs PROGRAM BARE_ROUTE`. Times are noisy, so figures stand beside those of something
// bare on the same machine, as a ratio.
import { firstVisit } from "./bench/first-visit.mjs";
import { measureFleet } from "./bench/fleet.mjs";
import { CONNECTIONS, load, words } from "./bench/load.mjs";
import { Console, freeAddress } from "./bench/program.mjs";
import { measurePublishing } from "./bench/publish.mjs";

const [sekisho, bareRoute] = process.argv.slice(2);

const started = process.hrtime.bigint();
const small = await Console.start(sekisho, { SEKISHO_EMBEDDED_LISTEN: await freeAddress() });
try {
  console.log(`first start to signed in: ${Number((process.hrtime.bigint() - started) / 1_000_000n)} ms`);

  await small.shows(17);
  const sizes = await firstVisit(small, "/nodes");
  const total = sizes.reduce((sum, [, size]) => sum + size, 0);
  console.log(`first visit to /nodes: ${(total / 1000).toFixed(0)} KB in ${sizes.length} files (at most 300 KB)`);
  for (const [file, size] of sizes.sort((a, b) => b[1] - a[1])) {
    console.log(`  ${(size / 1000).toFixed(1).padStart(7)} KB  ${file}`);
  }

  const bare = await load(small.base, { path: "/healthz" });
  console.log(`/healthz, ${CONNECTIONS} connections: ${words(bare)}`);
  for (const path of ["/nodes", "/activations", "/activations/new"]) {
    const page = await load(small.base, { path, cookie: small.cookie });
    console.log(`${path}: ${(page.perSecond / bare.perSecond).toFixed(3)} of /healthz's (${words(page)})`);
  }
} finally {
  await small.program.stop();
}

await measureFleet(sekisho, bareRoute);
await measurePublishing(sekisho);
