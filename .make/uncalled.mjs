// Empties the functions of a WebAssembly module that no page ever calls, and that no compiler can know to be uncalled:
// every erased view and attribute carries pointers to them. `uncalled.mjs FILE…`; wasm-opt then drops what only they used.
import { readFileSync, writeFileSync } from "node:fs";
import binaryen from "binaryen";

// Hydration of a page whose code is still to come: frontend/src/lib.rs waits for the code first. Only what a view points to
// by this name, as the compiler makes one of functions that are alike, under any of their names.
const uncalled = /8into_any13hydrate_async/;

// What rustc uses and every browser has, as in .make/site: with all features, it would write what none reads yet.
const { BulkMemory, BulkMemoryOpt, CallIndirectOverlong, Multivalue, MutableGlobals } = binaryen.Features;
const { NontrappingFPToInt, ReferenceTypes, SignExt } = binaryen.Features;
const features =
  BulkMemory | BulkMemoryOpt | CallIndirectOverlong | Multivalue | MutableGlobals | NontrappingFPToInt | ReferenceTypes | SignExt;

binaryen.setDebugInfo(true); // wasm-opt sorts by name
for (const file of process.argv.slice(2)) {
  const module = binaryen.readBinary(readFileSync(file));
  module.setFeatures(features);
  for (let index = 0; index < module.getNumFunctions(); index++) {
    const func = module.getFunctionByIndex(index);
    const { name, module: imported } = binaryen.getFunctionInfo(func);
    if (!imported && uncalled.test(name)) binaryen.Function.setBody(func, module.unreachable());
  }
  writeFileSync(file, module.emitBinary());
  module.dispose();
}
