import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { ANNOTATION_KUBERNETES_AUTH_PROVIDER } from '@backstage/plugin-kubernetes-common';
import { createAuthority } from '../testUtils/createAuthority';
import { readAuthorities } from './readAuthorities';

const authority = createAuthority('of the cluster');
const own = createAuthority('of the own cluster');
const pemOf = (caData: string) => Buffer.from(caData, 'base64').toString();

let folder: string;
let mounted: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'authorities-'));
  mounted = join(folder, 'ca.crt');
  writeFileSync(mounted, pemOf(own.caData));
});
afterAll(() => rmSync(folder, { recursive: true }));

const environment = process.env;
beforeEach(() => {
  process.env = { ...environment };
  delete process.env.NODE_EXTRA_CA_CERTS;
});
afterAll(() => {
  process.env = environment;
});

const read = (
  trust: { caData?: string; caFile?: string },
  provider = 'serviceAccount',
  path = mounted,
) =>
  readAuthorities(
    {
      name: 'c1',
      url: 'https://c1.example.com',
      authMetadata: { [ANNOTATION_KUBERNETES_AUTH_PROVIDER]: provider },
      ...trust,
    },
    path,
  );

it('trusts only the authority that the configuration names', async () => {
  expect(await read({ caData: authority.caData })).toEqual([
    pemOf(authority.caData),
  ]);
  expect(await read({ caFile: mounted }, 'aws')).toEqual([pemOf(own.caData)]);
});

it('prefers the file, as Backstage does', async () => {
  expect(await read({ caFile: mounted, caData: authority.caData })).toEqual([
    pemOf(own.caData),
  ]);
});

it('adds the authority of the own cluster to the public ones', async () => {
  expect(await read({})).toEqual([...rootCertificates, pemOf(own.caData)]);
});

it('leaves it to Node.js outside of a cluster, and for clusters of a cloud', async () => {
  expect(await read({}, 'serviceAccount', '/does/not/exist')).toBeUndefined();
  expect(await read({}, 'aws')).toBeUndefined();
});

it('keeps the further authorities of the host', async () => {
  const path = join(folder, 'extra.pem');
  writeFileSync(path, pemOf(authority.caData));
  process.env.NODE_EXTRA_CA_CERTS = path;
  expect(await read({})).toContain(pemOf(authority.caData));
});
