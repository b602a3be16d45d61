// Optimises modules in place: `optimize.mjs size MODULE…` for the smallest result, `optimize.mjs time MODULE…` for the least
// work. By Binaryen's library: its command line takes longer to start than most parts take.
import { readFileSync, writeFileSync } from "node:fs";
import binaryen from "binaryen";

const [aim, ...modules] = process.argv.slice(2);

// What rustc uses and every browser has: all features would write what none reads yet.
const { Features } = binaryen;
const FEATURES =
  Features.BulkMemory |
  Features.BulkMemoryOpt |
  Features.CallIndirectOverlong |
  Features.Multivalue |
  Features.MutableGlobals |
  Features.NontrappingFPToInt |
  Features.ReferenceTypes |
  Features.SignExt;

if (aim === "size") {
  binaryen.setOptimizeLevel(2);
  binaryen.setShrinkLevel(1);
  // Alike functions compress best when they stay alike.
  for (const pass of ["inlining-optimizing", "local-cse", "code-pushing"]) binaryen.addPassToSkip(pass);
} else if (aim === "time") {
  binaryen.setOptimizeLevel(1);
  binaryen.setShrinkLevel(0);
} else {
  throw new Error("usage: optimize.mjs size|time MODULE…");
}

for (const path of modules) {
  const module = binaryen.readBinary(readFileSync(path));
  module.setFeatures(FEATURES);
  module.optimize();
  // And when they stand side by side.
  module.runPasses(["reorder-functions-by-name"]);
  writeFileSync(path, module.emitBinary());
  module.dispose();
}
