import { spawn, type ChildProcess } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ApiClient } from './ApiClient';

const ETCD_PORT = 22379;
const API_PORT = 26443;

/** A real API server on the loopback interface, with its own etcd. */
export interface RunningApiServer {
  url: string;
  /** Has all permissions. */
  admin: ApiClient;
  /** Token of a user that has none, until a role is bound to it. */
  readerToken: string;
  readerName: string;
  stop(): void;
}

/**
 * Starts `etcd` and `kube-apiserver`, which must be in the PATH or in the folder
 * that KUBE_BIN names.
 */
export async function startApiServer(): Promise<RunningApiServer> {
  const folder = mkdtempSync(join(tmpdir(), 'cloudtrace-kubernetes-'));
  const children: ChildProcess[] = [];
  const stop = () => {
    for (const child of children) child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  };
  // Leave no servers behind when the script is interrupted.
  process.once('exit', stop);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => process.exit(1));
  }
  try {
    children.push(startEtcd(folder));
    children.push(startApi(folder));
    const url = `https://127.0.0.1:${API_PORT}`;
    const admin = new ApiClient(url, 'admin-token');
    await untilReady(admin, children);
    return {
      url,
      admin,
      readerToken: 'reader-token',
      readerName: 'cloudtrace',
      stop,
    };
  } catch (error) {
    stop();
    throw error;
  }
}

function startEtcd(folder: string): ChildProcess {
  const peer = `http://127.0.0.1:${ETCD_PORT + 1}`;
  const client = `http://127.0.0.1:${ETCD_PORT}`;
  return run('etcd', [
    `--data-dir=${join(folder, 'etcd')}`,
    `--listen-client-urls=${client}`,
    `--advertise-client-urls=${client}`,
    `--listen-peer-urls=${peer}`,
    `--initial-advertise-peer-urls=${peer}`,
    `--initial-cluster=default=${peer}`,
  ]);
}

function startApi(folder: string): ChildProcess {
  const key = join(folder, 'sa.key');
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  writeFileSync(key, privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const tokens = join(folder, 'tokens.csv');
  writeFileSync(
    tokens,
    'admin-token,admin,1,"system:masters"\nreader-token,cloudtrace,2\n',
  );
  return run('kube-apiserver', [
    `--etcd-servers=http://127.0.0.1:${ETCD_PORT}`,
    `--secure-port=${API_PORT}`,
    '--bind-address=127.0.0.1',
    `--cert-dir=${folder}`,
    `--token-auth-file=${tokens}`,
    '--authorization-mode=RBAC',
    '--service-account-issuer=https://cloudtrace.example',
    `--service-account-key-file=${key}`,
    `--service-account-signing-key-file=${key}`,
    '--service-cluster-ip-range=10.96.0.0/24',
    '--disable-admission-plugins=ServiceAccount',
  ]);
}

function run(program: string, args: string[]): ChildProcess {
  const folder = process.env.KUBE_BIN;
  const path = `${folder ? `${folder}:` : ''}${process.env.PATH}`;
  const child = spawn(program, args, {
    env: { ...process.env, PATH: path },
    stdio: process.env.VERBOSE ? 'inherit' : 'ignore',
  });
  child.on('error', error => {
    process.stderr.write(`Could not start ${program}: ${error.message}\n`);
  });
  return child;
}

async function untilReady(
  admin: ApiClient,
  children: readonly ChildProcess[],
): Promise<void> {
  for (let i = 0; i < 240; i++) {
    if (children.some(({ exitCode, pid }) => exitCode !== null || !pid)) {
      throw new Error('etcd or kube-apiserver ended; set VERBOSE=1 to see why');
    }
    if (await admin.isReady()) return;
    await delay(500);
  }
  throw new Error('kube-apiserver was not ready within 2 minutes');
}
