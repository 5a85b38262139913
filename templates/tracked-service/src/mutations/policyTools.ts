import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { rootDirectory } from '../paths';
import type { Report } from '../tools/Report';
import { isInstalled, runTool } from '../tools/runTool';
import { ACCEPTED } from './acceptedFindings';
import type { Catch, Catcher } from './Mutation';

/** Reads many copies of infrastructure code in one run. */
export interface PolicyTool {
  readonly name: Catcher;
  /** What it finds, by folder; accepted findings are left out. */
  run(folders: readonly string[]): Promise<Map<string, Catch[]>>;
}

/** Where `python3 -m venv` and pip put it, if it is not on the PATH. */
const VENV = join(rootDirectory, '.local/tools/policies/bin');

function commandOf(name: string): string | undefined {
  if (isInstalled(name)) return name;
  const inVenv = join(VENV, name);
  return existsSync(inVenv) ? inVenv : undefined;
}

/** The tools that this machine has; reports the missing ones. */
export function findPolicyTools(
  iac: 'terraform' | 'cdk',
  report: Report,
): PolicyTool[] {
  const names =
    iac === 'cdk' ? (['checkov', 'cfn-lint'] as const) : (['checkov'] as const);
  return names.flatMap(name => {
    const command = commandOf(name);
    if (!command) {
      report.skip(`mutations: NOT RUN: ${name} is missing (${iac})`);
      return [];
    }
    return [name === 'checkov' ? checkov(command, iac) : cfnLint(command)];
  });
}

const isAccepted = (id: string, resource: string) =>
  ACCEPTED.some(
    accepted =>
      accepted.id === id && (accepted.resource?.test(resource) ?? true),
  );

function add(found: Map<string, Catch[]>, folder: string, finding: Catch) {
  found.set(folder, [...(found.get(folder) ?? []), finding]);
}

function checkov(command: string, iac: 'terraform' | 'cdk'): PolicyTool {
  return {
    name: 'checkov',
    async run(folders) {
      const found = new Map<string, Catch[]>();
      const { stdout } = await runTool(command, [
        ...(iac === 'cdk'
          ? folders
              .map(folder => join(folder, 'Service.template.json'))
              .filter(existsSync)
              .flatMap(file => ['-f', file])
          : ['-d', folders.length === 1 ? folders[0] : dirname(folders[0])]),
        ...['--framework', iac === 'cdk' ? 'cloudformation' : 'terraform'],
        ...['--quiet', '--compact', '--skip-download', '-o', 'json'],
      ]);
      const start = stdout.search(/^[[{]/m);
      const reports = [JSON.parse(stdout.slice(start))].flat();
      for (const { results } of reports) {
        for (const check of results?.failed_checks ?? []) {
          const { check_id: id, resource, file_abs_path: file } = check;
          const folder = folders.find(path => file.startsWith(`${path}/`));
          if (folder && !isAccepted(id, resource)) {
            add(found, folder, {
              catcher: 'checkov',
              message: `${id} ${check.check_name}: ${resource}`,
            });
          }
        }
      }
      return found;
    },
  };
}

function cfnLint(command: string): PolicyTool {
  return {
    name: 'cfn-lint',
    async run(folders) {
      const found = new Map<string, Catch[]>();
      const files = folders
        .map(folder => join(folder, 'Service.template.json'))
        .filter(existsSync);
      const { stdout } = await runTool(command, [
        '--format',
        'json',
        '--',
        ...files,
      ]);
      for (const { Filename, Rule, Message, Location } of JSON.parse(stdout)) {
        const folder = folders.find(path => Filename.startsWith(`${path}/`));
        const resource = String(Location?.Path?.[1] ?? '');
        if (folder && !isAccepted(Rule.Id, resource)) {
          add(found, folder, {
            catcher: 'cfn-lint',
            message: `${Rule.Id} ${Message}: ${resource}`,
          });
        }
      }
      return found;
    },
  };
}
