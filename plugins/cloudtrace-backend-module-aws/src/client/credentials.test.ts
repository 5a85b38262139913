import { mockServices } from '@backstage/backend-test-utils';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { readAwsConfig } from '../config/readAwsConfig';
import { createCredentialsManager, shareIdentity } from './credentials';

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const identity = (expiration?: Date) => ({
  accessKeyId: 'AKIA',
  secretAccessKey: 's',
  expiration,
});

describe('shareIdentity', () => {
  it('loads once for many callers, and again shortly before the end', async () => {
    let nowMs = Date.parse('2026-11-20T12:00:00Z');
    const load = jest.fn(async () => identity(new Date(nowMs + 3_600_000)));
    const get = shareIdentity(load, () => nowMs);
    await Promise.all([get(), get(), get()]);
    expect(load).toHaveBeenCalledTimes(1);
    nowMs += 54 * 60_000;
    await get();
    expect(load).toHaveBeenCalledTimes(1);
    nowMs += 2 * 60_000;
    await get();
    expect(load).toHaveBeenCalledTimes(2);
  });

  it('forgets a failure, and loads anew when told to', async () => {
    const load = jest
      .fn()
      .mockRejectedValueOnce(new Error('no'))
      .mockResolvedValue(identity());
    const get = shareIdentity(load);
    await expect(get()).rejects.toThrow('no');
    await get();
    await get({ forceRefresh: true });
    expect(load).toHaveBeenCalledTimes(3);
  });
});

describe('createCredentialsManager', () => {
  it('assumes the role of cloudtrace.aws with its external id', async () => {
    const forms: URLSearchParams[] = [];
    server.use(
      http.post('https://sts.*', async ({ request }) => {
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
