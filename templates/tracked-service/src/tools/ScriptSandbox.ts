import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { templateDirectory } from '../paths';

/** A request that a program sent. */
export interface Call {
  method: string;
  url: string;
  authorization?: string;
  body: Buffer;
}

/** Runs programs of generated pipelines as the pipelines do, in a folder of their own, against our own server. */
export class ScriptSandbox {
  /** The programs' working folder. */
  readonly directory = mkdtempSync(join(tmpdir(), 'cloudtrace-scripts-'));
  calls: Call[] = [];
  answer: (call: Call) => { status: number; body: unknown } = () => ({
    status: 202,
    body: { stored: 'new' },
  });
  readonly #server = createServer(async (request, response) => {
    const call = await readCall(request);
    this.calls.push(call);
    const { status, body } = this.answer(call);
    response.writeHead(status).end(JSON.stringify(body));
  });

  static async create(): Promise<ScriptSandbox> {
    const sandbox = new ScriptSandbox();
    await new Promise<void>(resolve =>
      sandbox.#server.listen(0, '127.0.0.1', resolve),
    );
    return sandbox;
  }

  /** Where the server listens. */
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Runs a program of the template, whose path is relative to the template. */
  run(
    program: string,
    args: string[],
    options: { env?: Record<string, string>; input?: string } = {},
  ): Promise<{ code: number; stdout: string; stderr: string }> {
    return new Promise(resolve => {
      const child = execFile(
        process.execPath,
        [join(templateDirectory, program), ...args],
        {
          cwd: this.directory,
          env: { PATH: process.env.PATH, ...options.env },
        },
        (error, stdout, stderr) =>
          resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
      );
      child.stdin?.end(options.input ?? '');
    });
  }

  /** Writes a file. @returns its path */
  write(name: string, content: string): string {
    const path = join(this.directory, name);
    writeFileSync(path, content);
    return path;
  }

  async dispose(): Promise<void> {
    await new Promise(resolve => this.#server.close(resolve));
    rmSync(this.directory, { recursive: true, force: true });
  }
}

async function readCall(request: IncomingMessage): Promise<Call> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk);
  }
  return {
    method: request.method ?? '',
    url: request.url ?? '',
    authorization: request.headers.authorization,
    body: Buffer.concat(chunks),
  };
}
