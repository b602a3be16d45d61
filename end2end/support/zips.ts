/** Zips as people make them, by Python's `zipfile`. */
import { spawnSync } from 'node:child_process';

const PROGRAM = `
import io, json, sys, zipfile
files = json.load(sys.stdin)
written = io.BytesIO()
with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
    for path, text in files.items():
        archive.writestr(path, text)
sys.stdout.buffer.write(written.getvalue())
`;

/** A zip of these files: path to text. */
export function zip(files: Record<string, string>): Buffer {
  const made = spawnSync('python3', ['-c', PROGRAM], { input: JSON.stringify(files) });
  if (made.status !== 0) {
    throw new Error(`python3 made no zip: ${made.error ?? made.stderr}`);
  }
  return made.stdout;
}
