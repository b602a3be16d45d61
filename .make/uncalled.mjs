// Empties the functions of a WebAssembly module that no page ever calls, and that no compiler can know to be uncalled:
// every erased view and attribute carries pointers to them. `uncalled.mjs FILE…`; wasm-opt then drops what only they used.
import { readFileSync, writeFileSync } from "node:fs";
import binaryen from "binaryen";

const uncalled = new RegExp(
  [
    "13hydrate_async", // hydration of a page whose code is still to come: frontend/src/lib.rs waits for the code first
    "21hydrate_from_template", // of elements that were cloned from a <template>: no view here is a template
    "15generate_routes", // the server's list of routes
  ].join("|"),
);

binaryen.setDebugInfo(true); // wasm-opt sorts by name
for (const file of process.argv.slice(2)) {
  const module = binaryen.readBinary(readFileSync(file));
  module.setFeatures(binaryen.Features.All);
  for (let index = 0; index < module.getNumFunctions(); index++) {
    const func = module.getFunctionByIndex(index);
    const { name, module: imported } = binaryen.getFunctionInfo(func);
    if (!imported && uncalled.test(name)) binaryen.Function.setBody(func, module.unreachable());
  }
  writeFileSync(file, module.emitBinary());
  module.dispose();
}
