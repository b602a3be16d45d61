// One file of 1 GiB on its way through the console. What stands for AWS is another process, and its time is part of the
// figure: it hashes what it is sent as S3 does.
import { spawnSync } from "node:child_process";
import { randomFillSync, randomUUID } from "node:crypto";
import { closeSync, createReadStream, openSync, statSync, writeSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { Console, Program, folder, freeAddress, ready } from "./program.mjs";

const MIB = 1024 * 1024;
// The zip around it is a little larger, and may have 1 GiB.
const PAYLOAD = Number(process.env.BENCH_PACKAGE_MIB ?? 1024) * MIB - 64 * 1024;

const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
const seconds = (since) => Number(process.hrtime.bigint() - since) / 1e9;

export async function measurePublishing(sekisho) {
  const file = join(folder(), "tool_1.0_amd64.deb");
  writePackage(file);
  const size = statSync(file).size;
  const hashing = hashRate(file, size);
  console.log(`a file of ${(size / MIB).toFixed(0)} MiB; sha256sum: ${hashing.toFixed(0)} MiB/s`);

  const listen = await freeAddress();
  const environment = { SEKISHO_EMBEDDED_LISTEN: listen, SEKISHO_DATA_DIR: folder() };
  const aws = new Program(sekisho, ["emulator"], environment);
  try {
    await ready(`http://${listen}/health`);
    const console_ = await Console.start(sekisho, {
      SEKISHO_BACKEND: "aws",
      AWS_ENDPOINT_URL: `http://${listen}`,
      AWS_REGION: "ap-northeast-1",
      AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE",
      AWS_SECRET_ACCESS_KEY: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    });
    try {
      await measure(console_, file, size, hashing);
    } finally {
      await console_.program.stop();
    }
  } finally {
    await aws.stop();
  }
}

async function measure(console_, file, size, hashing) {
  const before = console_.program.memory().most;
  const grown = () => (console_.program.memory().most - before).toFixed(0);
  const report = (what, time) => {
    const rate = size / MIB / time;
    console.log(`  ${what}: ${rate.toFixed(0)} MiB/s, ${(rate / hashing).toFixed(2)} of sha256sum; memory has grown by ${grown()} MiB`);
  };
  const [bucket] = await console_.call("/api/packages/buckets/list", {});
  const { id } = await console_.call("/api/packages/drafts/create", { kind: "simple", base: null });
  const announced = { file_name: "tool_1.0_amd64.deb", size };
  const sent = await console_.call("/api/packages/drafts/add-file", { id, file: announced });

  const upload = process.hrtime.bigint();
  const answer = await fetch(`${console_.base}/packages/drafts/${id}/files/${sent.id}`, {
    method: "PUT",
    headers: { cookie: console_.cookie, origin: console_.base },
    body: Readable.toWeb(createReadStream(file, { highWaterMark: MIB })),
    duplex: "half",
  });
  if (answer.status !== 200) throw new Error(`the upload was answered with ${answer.status}: ${await answer.text()}`);
  report("uploaded and looked at", seconds(upload));

  const changes = [
    { change: "details", name: "Bench-Tool", version_name: "1.0", publisher: "" },
    { change: "location", bucket: bucket.name, prefix: "Bench-Tool/1.0" },
    { change: "targets", file: sent.id, targets: [{ platform: "ubuntu", version: "_any", architecture: "x86_64" }] },
  ];
  await console_.call("/api/packages/drafts/change", { id, revision: 1, changes });
  const { fingerprint, problems } = await console_.call("/api/packages/drafts/preview", { id });
  if (problems.length) throw new Error(JSON.stringify(problems));

  const publish = process.hrtime.bigint();
  const submission = randomUUID();
  await console_.call("/api/packages/publications/begin", { submission, draft: id, fingerprint });
  const reached = async (done) => {
    for (;;) {
      const { stage } = await console_.call("/api/packages/publications/get", { id: submission });
      if (stage.stage === "failed") throw new Error(JSON.stringify(stage));
      if (done(stage.stage)) return;
      await wait(20);
    }
  };
  await reached((stage) => stage !== "uploading");
  report("written, hashed and in S3", seconds(publish));
  await reached((stage) => stage === "published");
  console.log(`  until the version was active: ${seconds(publish).toFixed(1)} s`);
}

// A Debian package whose data are random: nothing could be won by compressing them.
function writePackage(path) {
  const control = Buffer.from(
    "Package: tool\nVersion: 1.0\nArchitecture: amd64\nMaintainer: ACME <acme@example.com>\nDescription: a tool\n",
  );
  const member = (name, length) =>
    Buffer.from(`${name.padEnd(16)}${"0".padEnd(12)}${"0".padEnd(6)}${"0".padEnd(6)}${"100644".padEnd(8)}${String(length).padEnd(10)}\`\n`);
  const archive = tar("./control", control);
  const out = openSync(path, "w");
  const head = [Buffer.from("!<arch>\n"), member("debian-binary", 4), Buffer.from("2.0\n"), member("control.tar", archive.length)];
  for (const bytes of [...head, archive, member("data.tar", PAYLOAD)]) writeSync(out, bytes);
  const chunk = Buffer.alloc(MIB);
  for (let left = PAYLOAD; left > 0; left -= chunk.length) {
    writeSync(out, randomFillSync(chunk), 0, Math.min(left, chunk.length));
  }
  closeSync(out);
}

// A tar archive of one file (POSIX ustar).
function tar(name, bytes) {
  const header = Buffer.alloc(512);
  const octal = (value, digits) => `${value.toString(8).padStart(digits, "0")}\0`;
  header.write(name, 0);
  [["0000644\0", 100], ["0000000\0", 108], ["0000000\0", 116], [octal(bytes.length, 11), 124], [octal(0, 11), 136]].forEach(
    ([text, at]) => header.write(text, at),
  );
  header.write("        0", 148);
  header.write("ustar\x0000", 257);
  header.write(octal(header.reduce((sum, byte) => sum + byte, 0), 6), 148);
  const padding = Buffer.alloc((512 - (bytes.length % 512)) % 512);
  return Buffer.concat([header, bytes, padding, Buffer.alloc(1024)]);
}

// MiB/s, of three times the best: the first one may wait for the disk.
function hashRate(file, size) {
  const times = Array.from({ length: 3 }, () => {
    const started = process.hrtime.bigint();
    if (spawnSync("sha256sum", [file]).status !== 0) throw new Error("sha256sum failed");
    return seconds(started);
  });
  return size / MIB / Math.min(...times);
}
