import { cp } from 'node:fs/promises';
import path from 'node:path';

const TEMPLATE = path.resolve(__dirname, '..');

/** What the service runs on. */
export type ComputeChoice = 'asg' | 'ecs';

/** Copies the infrastructure of a generated repository, as its layers make it up, into a folder. */
export async function copyInfrastructure(options: {
  iac: 'cdk' | 'terraform';
  compute: ComputeChoice;
  folder: string;
  /** Names of files and folders to leave out. */
  except: readonly string[];
}): Promise<void> {
  const { iac, compute, folder, except } = options;
  for (const layer of ['infra', `compute/${compute}/infra`]) {
    await cp(path.join(TEMPLATE, layer, iac), folder, {
      recursive: true,
      filter: source => !except.includes(path.basename(source)),
    });
  }
}
