import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  toPlainTemplate,
  type SynthesizedTemplate,
} from '../lib/cloudformation/toPlainTemplate.ts';
import { EVERYTHING_ON } from './exampleSettings.ts';
import { synthesize } from './synthesize.ts';

const plain = toPlainTemplate(
  synthesize(EVERYTHING_ON).toJSON() as SynthesizedTemplate,
);

/** The code of the only function, run with a stand-in of the AWS SDK. */
async function run(
  event: object,
  send: (command: { name: string }) => void,
): Promise<unknown> {
  const [code] = Object.values(plain.Resources)
    .filter(({ Type }) => Type === 'AWS::Lambda::Function')
    .map(({ Properties }) => (Properties?.Code as { ZipFile: string }).ZipFile);
  const exported: { handler?: (event: object) => Promise<void> } = {};
  const command = (name: string) =>
    class {
      readonly name = name;
    };
  let answer: unknown;
  new Function('exports', 'require', 'fetch', code ?? '')(
    exported,
    () => ({
      EC2Client: class {
        async send(sent: { name: string }) {
          send(sent);
        }
      },
      RevokeSecurityGroupEgressCommand: command('egress'),
      RevokeSecurityGroupIngressCommand: command('ingress'),
    }),
    async (_url: string, { body }: { body: string }) => {
      answer = JSON.parse(body);
    },
  );
  await exported.handler?.({
    RequestType: 'Create',
    ResponseURL: 'https://example.org',
    ResourceProperties: { Account: '1', DefaultSecurityGroupId: 'sg-1' },
    ...event,
  });
  return answer;
}

const statusOf = (answer: unknown) => {
  const { Status, Reason } = answer as { Status: string; Reason?: string };
  return [Status, Reason];
};

describe('the template for CloudFormation alone', () => {
  it('refers to nothing that the CDK uploads or bootstraps', () => {
    const text = JSON.stringify(plain);
    assert.doesNotMatch(text, /cdk-hnb659fds|cdk-bootstrap|BootstrapVersion|AssetParameters/i);
    assert.equal(plain.Parameters, undefined);
  });

  it('names a function whose code would have to be uploaded', () => {
    assert.throws(
      () =>
        toPlainTemplate({
          Resources: {
            Report: {
              Type: 'AWS::Lambda::Function',
              Properties: { Code: { S3Bucket: 'bucket' } },
            },
          },
        }),
      /function Report/,
    );
  });

  it('closes the default security group, also if it is closed already', async () => {
    const sent: string[] = [];
    const answer = await run({}, ({ name }) => {
      sent.push(name);
      throw Object.assign(new Error('gone'), {
        name: 'InvalidPermission.NotFound',
      });
    });
    assert.deepEqual(sent, ['egress', 'ingress']);
    assert.deepEqual(statusOf(answer), ['SUCCESS', undefined]);
  });

  it('reports why it failed, and does nothing on deletion', async () => {
    const fail = () => {
      throw new Error('denied');
    };
    assert.deepEqual(statusOf(await run({}, fail)), [
      'FAILED',
      'Error: denied',
    ]);
    assert.deepEqual(statusOf(await run({ RequestType: 'Delete' }, fail)), [
      'SUCCESS',
      undefined,
    ]);
  });
});
