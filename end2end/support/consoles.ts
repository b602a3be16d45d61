/** The consoles that a worker's tests have asked for: one for each number of simulated nodes, started when it is needed. */
import { type Backend, Sekisho } from './sekisho.ts';

export class Consoles {
  readonly #running = new Map<number, Sekisho>();

  constructor(private readonly backend: Backend) {}

  /** The console of a stand-in that has started with so many nodes. */
  async of(nodes: number): Promise<Sekisho> {
    const running = this.#running.get(nodes) ?? (await Sekisho.start({ backend: this.backend, nodes }));
    this.#running.set(nodes, running);
    return running;
  }

  /** Ends all of them, whatever becomes of one. */
  async stop(): Promise<void> {
    const ends = await Promise.allSettled([...this.#running.values()].map((console) => console.stop()));
    const failed = ends.filter((end) => end.status === 'rejected');
    if (failed.length > 0) {
      throw new AggregateError(failed.map(({ reason }) => reason), failed.map(({ reason }) => String(reason)).join('\n'));
    }
  }
}
