// An open page of the node list, without the browser: it follows the events, and asks for the list anew when they tell of
// other nodes, and once a minute while SSM answers.
import { once } from "node:events";
import { request } from "node:http";

const MINUTE = 60;

export class OpenPage {
  asked = 0;
  #console;
  #nodes = "0";
  #fetched = 0;
  #asking = [];
  #stream;

  constructor(console_) {
    this.#console = console_;
  }

  static async open(console_) {
    const page = new OpenPage(console_);
    const headers = { cookie: console_.cookie };
    await (await fetch(`${console_.base}/nodes`, { headers })).text();
    page.#stream = request(`${console_.base}/events`, { headers }).end();
    const [events] = await once(page.#stream, "response");
    if (events.statusCode !== 200) throw new Error(`/events answered ${events.statusCode}`);
    page.#follow(events);
    return page;
  }

  #follow(events) {
    let [rest, name] = ["", ""];
    events.setEncoding("utf8").on("data", (chunk) => {
      const lines = (rest + chunk).split("\n");
      rest = lines.pop();
      for (const line of lines) {
        const [, field, value] = /^(\w*): ?(.*)$/.exec(line) ?? [];
        if (field === "event") name = value;
        if (field === "data") this.#told(name, value);
      }
    });
  }

  // Numbers that have not changed are told too, when the stream begins.
  #told(name, number) {
    if (name === "nodes" && number !== this.#nodes) {
      this.#nodes = number;
      this.#ask();
    }
    if (name === "fetched" && Number(number) >= this.#fetched + MINUTE) {
      // A page that has just been opened has just asked.
      if (this.#fetched > 0) this.#ask();
      this.#fetched = Number(number);
    }
  }

  #ask() {
    this.asked += 1;
    const answered = this.#console.call("/api/nodes/list", { query: "" });
    this.#asking.push(answered);
    // Closing tells of it.
    answered.catch(() => {});
  }

  async close() {
    this.#stream.destroy();
    await Promise.all(this.#asking);
  }
}
