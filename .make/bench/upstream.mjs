// What stands for AWS, behind a proxy that counts what is asked of it.
import { createServer, request } from "node:http";
import { Program, folder, freeAddress, ready } from "./program.mjs";

export class Upstream {
  asked = 0;

  constructor(address, program, proxy) {
    Object.assign(this, { address, program, proxy });
  }

  static async start(path, nodes) {
    const listen = await freeAddress();
    const program = new Program(path, ["emulator"], {
      SEKISHO_EMBEDDED_LISTEN: listen,
      SEKISHO_DATA_DIR: folder(),
      SEKISHO_EMBEDDED_NODES: String(nodes),
    });
    await ready(`http://${listen}/health`);
    const upstream = new Upstream("", program, undefined);
    upstream.proxy = createServer((incoming, answer) => {
      upstream.asked += 1;
      const options = { method: incoming.method, headers: incoming.headers };
      const outgoing = request(`http://${listen}${incoming.url}`, options, (found) => {
        answer.writeHead(found.statusCode, found.headers);
        found.pipe(answer);
      });
      outgoing.on("error", () => answer.destroy());
      incoming.pipe(outgoing);
    });
    await new Promise((listening) => upstream.proxy.listen(0, "127.0.0.1", listening));
    upstream.address = `http://127.0.0.1:${upstream.proxy.address().port}`;
    return upstream;
  }

  // Variables with which a console talks to it as to AWS, as often as it does by itself.
  get environment() {
    return {
      SEKISHO_BACKEND: "aws",
      AWS_ENDPOINT_URL: this.address,
      AWS_REGION: "ap-northeast-1",
      AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE",
      AWS_SECRET_ACCESS_KEY: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    };
  }

  async stop() {
    this.proxy.closeAllConnections();
    this.proxy.close();
    await this.program.stop();
  }
}
