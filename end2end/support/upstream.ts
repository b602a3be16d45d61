/** What stands between the console and the stand-in for AWS, and can be told to misbehave. */
import { type IncomingMessage, type Server, type ServerResponse, createServer, request } from 'node:http';
import { once } from 'node:events';

/** How it misbehaves: AWS's throttling, a fault of AWS's own, no answer, no connection. */
export type Fault = 'throttling' | 'failing' | 'hanging' | 'gone';

const ERRORS = {
  throttling: { status: 400, type: 'ThrottlingException', message: 'Rate exceeded' },
  failing: { status: 500, type: 'InternalServerError', message: 'An error occurred on the server side.' },
} as const;

export class Upstream {
  /** What happens to calls of `DescribeInstanceProperties`, from which the console knows its nodes. */
  fault: Fault | undefined;
  readonly #server: Server;

  private constructor(private readonly target: string) {
    this.#server = createServer((asked, answer) => this.#answer(asked, answer));
  }

  /** Begins to pass on what is asked to `target`. */
  static async start(target: string): Promise<Upstream> {
    const upstream = new Upstream(target);
    upstream.#server.listen(0, '127.0.0.1');
    await once(upstream.#server, 'listening');
    return upstream;
  }

  get url(): string {
    const address = this.#server.address();
    return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  #answer(asked: IncomingMessage, answer: ServerResponse): void {
    const isNodes = asked.headers['x-amz-target'] === 'AmazonSSM.DescribeInstanceProperties';
    switch (isNodes ? this.fault : undefined) {
      case 'throttling':
      case 'failing': {
        const { status, type, message } = ERRORS[this.fault as keyof typeof ERRORS];
        answer.writeHead(status, { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': 'upstream-fault' });
        answer.end(JSON.stringify({ __type: type, message }));
        return;
      }
      case 'hanging':
        return;
      case 'gone':
        asked.socket.destroy();
        return;
      case undefined:
        this.#passOn(asked, answer);
    }
  }

  #passOn(asked: IncomingMessage, answer: ServerResponse): void {
    const passed = request(this.target + asked.url, { method: asked.method, headers: asked.headers }, (found) => {
      answer.writeHead(found.statusCode ?? 502, found.headers);
      found.pipe(answer);
    });
    passed.on('error', () => asked.socket.destroy());
    asked.pipe(passed);
  }
}
