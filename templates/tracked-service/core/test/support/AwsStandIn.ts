import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** Responses of AWS by operation, such as `GetSecretValue`; other operations are rejected. */
export type AwsAnswers = Record<string, () => unknown>;

/** A server that the AWS SDK uses as Secrets Manager and SQS. It implements none of their rules, only the protocol. */
export class AwsStandIn {
  /** Operations in the order of the calls. */
  readonly operations: string[] = [];
  readonly #server: Server;

  constructor(answers: AwsAnswers) {
    this.#server = createServer((request, response) => {
      const target = String(request.headers['x-amz-target']);
      const operation = target.split('.').at(-1) ?? '';
      this.operations.push(operation);
      void buffer(request).then(() => {
        const answer = answers[operation]?.();
        response
          .writeHead(answer === undefined ? 400 : 200, {
            'content-type': 'application/x-amz-json-1.0',
          })
          .end(JSON.stringify(answer ?? { __type: 'AccessDeniedException' }));
      });
    });
  }

  /** Starts it. @returns the environment that makes the SDK of a process use it. */
  async listen(): Promise<Record<string, string>> {
    await new Promise<void>(resolve =>
      this.#server.listen(0, '127.0.0.1', resolve),
    );
    const { port } = this.#server.address() as AddressInfo;
    return {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
      AWS_REGION: 'eu-central-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
    };
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
  }
}
