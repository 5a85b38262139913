import { mockServices } from '@backstage/backend-test-utils';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { readAwsConfig } from '../config/readAwsConfig';
import { createCredentialsManager } from './credentials';

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

describe('createCredentialsManager', () => {
  it.each([
    ['of AWS', {}, 'https://sts.*'],
    [
      'that is configured',
      { endpoint: 'https://aws.example' },
      'https://aws.example/',
    ],
  ])('assumes the role at the endpoint %s', async (_, endpoint, url) => {
    const forms: URLSearchParams[] = [];
    server.use(
      http.post(url, async ({ request }) => {
        forms.push(new URLSearchParams(await request.text()));
        return HttpResponse.xml(
          `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials><AccessKeyId>ASIAROLE</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`,
        );
      }),
    );
    const root = mockServices.rootConfig({
      data: {
        aws: {
          mainAccount: { accessKeyId: 'AKIAMAIN', secretAccessKey: 's' },
          accounts: [{ accountId: '123456789012', roleName: 'too-mighty' }],
        },
        cloudtrace: {
          aws: {
            ...endpoint,
            accounts: [
              {
                accountId: '123456789012',
                regions: ['eu-central-1'],
                roleArn: 'arn:aws:iam::123456789012:role/portal/CloudTraceRead',
                externalId: 'portal-7f3a',
              },
            ],
          },
        },
      },
    });
    const manager = createCredentialsManager(root, readAwsConfig(root)!);
    const provider = await manager.getCredentialProvider({
      accountId: '123456789012',
    });
    const keys = await provider.sdkCredentialProvider();
    expect(keys.accessKeyId).toBe('ASIAROLE');
    expect(
      forms.map(form => [form.get('RoleArn'), form.get('ExternalId')]),
    ).toEqual([
      ['arn:aws:iam::123456789012:role/portal/CloudTraceRead', 'portal-7f3a'],
    ]);
  });
});
