import type { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { beforeEach, expect, it, vi } from 'vitest';
import { IngestToken } from './IngestToken.js';

const secretArn = 'arn:aws:secretsmanager:eu-central-1:111111111111:secret:t';
const logger = { info: vi.fn(), warn: vi.fn() };
let nowMs = 0;
let stored: string | undefined;
let reads: string[] = [];
const client = {
  send: async (command: GetSecretValueCommand) => {
    reads.push(command.input.SecretId ?? '');
    if (stored === undefined) throw new Error('ctk_secret in a message');
    return { SecretString: stored };
  },
};

beforeEach(() => {
  nowMs = 0;
  stored = undefined;
  reads = [];
  vi.clearAllMocks();
});

const create = () =>
  new IngestToken({ secretArn, logger, client, now: () => nowMs });

it('starts using a token that is stored after the first deployment, without a restart', async () => {
  const token = create();
  expect(await token.headers()).toEqual({});
  stored = 'ctk_first\n';
  expect(await token.headers()).toEqual({});
  expect(reads).toEqual([secretArn]);

  nowMs += 30_000;
  expect(await token.headers()).toEqual({ Authorization: 'Bearer ctk_first' });
});

it('follows a rotation, and keeps the old token while the store is down', async () => {
  const token = create();
  stored = 'ctk_first';
  await token.headers();
  stored = undefined;
  nowMs += 300_000;
  expect(await token.headers()).toEqual({ Authorization: 'Bearer ctk_first' });

  stored = 'ctk_second';
  nowMs += 30_000;
  expect(await token.headers()).toEqual({
    Authorization: 'Bearer ctk_second',
  });
});

it("logs once that it has no token, and never quotes the store's response", async () => {
  const token = create();
  for (let i = 0; i < 3; i += 1) {
    await token.headers();
    nowMs += 30_000;
  }
  expect(logger.warn).toHaveBeenCalledTimes(1);
  expect(JSON.stringify(logger.warn.mock.calls)).not.toContain('ctk_');
});
