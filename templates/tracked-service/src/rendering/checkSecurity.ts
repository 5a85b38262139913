import { parse } from 'yaml';
import type { Rendering } from '../Scaffolder';
import { findImages } from './findImages';

/** Patterns of secrets: AWS keys, tokens of hosts and of the portal, private keys. */
const SECRETS = [
  /\bAKIA(?!IDEXAMPLE)[0-9A-Z]{16}\b/,
  /\bgh[pousr]_[A-Za-z0-9]{30,}/,
  /\bctk_[A-Za-z0-9_-]{20,}/,
  /\bhvs\.[A-Za-z0-9_-]{20,}/,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
];
const PINNED_ACTION = /^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/;

/** Checks the points of OpenSSF Scorecard that are visible in the files alone, and the template's own guarantees. */
export function checkSecurity(rendering: Rendering): string[] {
  const files = [...rendering].map(([path, { content, executable }]) => ({
    path,
    text: content.toString('utf8'),
    executable,
  }));
  const paths = new Set(rendering.keys());
  const problems: string[] = [];
  for (const required of [
    'package-lock.json',
    'renovate.json',
    'SECURITY.md',
    'LICENSE',
    'Dockerfile',
    '.gitignore',
  ]) {
    if (!paths.has(required)) {
      problems.push(`${required} is missing`);
    }
  }
  for (const { path, text, executable } of files) {
    for (const pattern of SECRETS) {
      if (pattern.test(text)) {
        problems.push(`${path} seems to contain a secret: ${pattern}`);
      }
    }
    if (/\.sh$/.test(path) && text.startsWith('#!') !== executable) {
      problems.push(
        `${path} is ${executable ? '' : 'not '}executable, but ${
          text.startsWith('#!') ? 'has' : 'has no'
        } interpreter`,
      );
    }
    if (/^\.github\/.*\.ya?ml$/.test(path)) {
      problems.push(...checkWorkflow(path, text));
    }
  }
  problems.push(
    ...findImages(rendering)
      .filter(({ hasDigest }) => !hasDigest)
      .map(
        ({ path, line, image }) =>
          `${path}:${line} image ${image} has no digest`,
      ),
    ...files
      .filter(({ path }) => /(?:^|\/)Dockerfile$/.test(path))
      .flatMap(({ path, text }) => checkDockerfile(path, text)),
    ...checkRenovate(rendering),
  );
  if (!/^\.env$/m.test(rendering.get('.gitignore')?.content.toString() ?? '')) {
    problems.push('.gitignore does not exclude .env');
  }
  return problems;
}

function checkWorkflow(path: string, text: string): string[] {
  const problems: string[] = [];
  for (const [, action, comment] of text.matchAll(/uses: (\S+)(.*)$/gm)) {
    if (action.startsWith('./')) {
      continue;
    }
    if (!PINNED_ACTION.test(action)) {
      problems.push(`${path}: ${action} is not pinned by commit`);
    }
    if (!/# v\d+\.\d+\.\d+/.test(comment)) {
      problems.push(`${path}: ${action} does not name its version`);
    }
  }
  if (!path.startsWith('.github/workflows/')) {
    return problems;
  }
  const workflow = parse(text);
  const permissions: Record<string, string> = workflow.permissions;
  if (typeof permissions !== 'object' || permissions === null) {
    problems.push(`${path} does not limit the permissions of its token`);
  } else if (
    Object.entries(permissions).some(
      ([scope, level]) => level === 'write' && scope !== 'id-token',
    )
  ) {
    problems.push(`${path} gives its token more than read permissions`);
  }
  if (
    workflow.on?.pull_request_target !== undefined ||
    workflow.on?.workflow_run
  ) {
    problems.push(`${path} runs untrusted code with secrets`);
  }
  for (const [id, job] of Object.entries<{
    'timeout-minutes'?: number;
    /** Another workflow, whose jobs have their own limits. */
    uses?: string;
    steps?: Array<{
      uses?: string;
      with?: Record<string, unknown>;
      run?: string;
    }>;
  }>(workflow.jobs)) {
    if (!job['timeout-minutes'] && !job.uses) {
      problems.push(`${path}: the job ${id} has no time limit`);
    }
    for (const step of job.steps ?? []) {
      if (
        step.uses?.startsWith('actions/checkout@') &&
        step.with?.['persist-credentials'] !== false
      ) {
        problems.push(
          `${path}: the job ${id} leaves the token in the work tree`,
        );
      }
      if (/\$\{\{/.test(step.run ?? '')) {
        problems.push(`${path}: the job ${id} puts an expression into a shell`);
      }
    }
  }
  return problems;
}

function checkDockerfile(path: string, text: string): string[] {
  const user = /^USER (\S+)$/gm;
  const last = [...text.matchAll(user)].at(-1)?.[1] ?? 'root';
  const problems = /^(?:root|0)(?::|$)/.test(last)
    ? [`${path}: the container runs as root`]
    : [];
  for (const [, image] of text.matchAll(/^ARG \w*IMAGE=(\S+)$/gm)) {
    if (!/@sha256:[0-9a-f]{64}$/.test(image)) {
      problems.push(`${path}: ${image} has no digest`);
    }
  }
  for (const [, image] of text.matchAll(/^FROM (\S+)/gm)) {
    if (!image.startsWith('${')) {
      problems.push(`${path}: ${image} is not set by an ARG with a digest`);
    }
  }
  for (const [, address] of text.matchAll(/^ADD (https?:\S+)/gm)) {
    if (!/^RUN .*\bsha(?:256|512)sum --check\b/m.test(text)) {
      problems.push(`${path}: ${address} is downloaded without a checksum`);
    }
  }
  return problems;
}

/** Every version with a comment for Renovate must match Renovate's pattern. */
function checkRenovate(rendering: Rendering): string[] {
  const config = JSON.parse(
    rendering.get('renovate.json')?.content.toString('utf8') ?? '{}',
  ) as {
    customManagers?: Array<{
      managerFilePatterns: string[];
      matchStrings: string[];
    }>;
  };
  const problems: string[] = [];
  for (const [path, { content }] of rendering) {
    const text = content.toString('utf8');
    const wanted = [...text.matchAll(/^# renovate: /gm)].length;
    if (wanted === 0) {
      continue;
    }
    const found = (config.customManagers ?? [])
      .filter(manager =>
        manager.managerFilePatterns.some(pattern =>
          new RegExp(pattern.slice(1, -1)).test(path),
        ),
      )
      .flatMap(manager =>
        manager.matchStrings.flatMap(pattern => [
          ...text.matchAll(new RegExp(pattern, 'g')),
        ]),
      ).length;
    if (found !== wanted) {
      problems.push(
        `${path}: Renovate finds ${found} of ${wanted} versions with a comment for it`,
      );
    }
  }
  return problems;
}
