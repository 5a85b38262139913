import { spawn } from 'node:child_process';
import { createWriteStream, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { stringify } from 'yaml';

const START_MS = 20_000;

/** A running OpenTelemetry Collector. */
export class Collector {
  #child;
  #exited;
  #log;
  #url;

  /** @param config - its configuration, which receives HTTP on `port` */
  constructor({ program, name, port, config, token, folder }) {
    const file = join(folder, `${name}.yaml`);
    writeFileSync(file, stringify(config));
    this.#url = `http://127.0.0.1:${port}/v1/traces`;
    this.#log = join(folder, `${name}.log`);
    this.#child = spawn(program, ['--config', file], {
      env: { ...process.env, CLOUDTRACE_TOKEN: token },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.#child.stderr.pipe(createWriteStream(this.#log));
    this.#exited = new Promise(resolve => this.#child.once('exit', resolve));
  }

  /** Sends an export request in JSON; waits for the collector to listen. */
  async send(request) {
    const deadline = Date.now() + START_MS;
    for (;;) {
      try {
        const response = await fetch(this.#url, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(request),
        });
        if (response.status === 200) return;
        throw new Error(`${response.status} ${await response.text()}`);
      } catch (error) {
        if (Date.now() > deadline || this.#child.exitCode !== null) {
          throw new Error(`The collector accepts nothing: ${error.message}`);
        }
      }
      await sleep(250);
    }
  }

  /** Ends it; it sends what it still has. */
  async stop() {
    this.#child.kill('SIGTERM');
    await this.#exited;
  }

  /** Lines of its log that contain a text. */
  lines(text) {
    return readFileSync(this.#log, 'utf8')
      .split('\n')
      .filter(line => line.includes(text));
  }
}
