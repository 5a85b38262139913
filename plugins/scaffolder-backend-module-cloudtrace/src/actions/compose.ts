import { existsSync } from 'node:fs';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  mergePackageParts,
  type PackageManifest,
} from '../packageJson/mergePackageParts';
import { pruneLockFile } from '../packageJson/pruneLockFile';
import { examples } from './compose.examples';

/** Where layers put their parts; one folder each, so that no two layers write the same file. */
const PARTS_FOLDER = '.cloudtrace/parts';

/**
 * `cloudtrace:compose`: names the npm package after the service and merges what each layer adds to `package.json`.
 */
export function createComposeAction() {
  return createTemplateAction({
    id: 'cloudtrace:compose',
    description:
      "Assembles package.json and package-lock.json from the core's and the parts of the other layers",
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        name: z => z.string().describe('Name of the npm package'),
        description: z => z.string().describe('Description of the npm package'),
        targetPath: z =>
          z
            .string()
            .default('.')
            .describe('Folder of the repository in the workspace'),
      },
    },
    async handler(ctx) {
      const root = resolveSafeChildPath(
        ctx.workspacePath,
        ctx.input.targetPath ?? '.',
      );
      const manifestPath = join(root, 'package.json');
      if (!existsSync(manifestPath)) {
        throw new InputError(
          `No package.json in ${
            ctx.input.targetPath ?? '.'
          }: render the core first`,
        );
      }
      const manifest = mergePackageParts(
        {
          ...(await readJson(manifestPath)),
          name: ctx.input.name,
          description: ctx.input.description,
        },
        await readParts(root),
      );
      await writeJson(manifestPath, manifest);

      const lockPath = join(root, 'package-lock.json');
      if (existsSync(lockPath)) {
        await writeJson(
          lockPath,
          pruneLockFile(await readJson(lockPath), manifest),
        );
      }
      await rm(join(root, PARTS_FOLDER), { recursive: true, force: true });
      ctx.logger.info(`Assembled the package ${ctx.input.name}`);
    },
  });
}

async function readParts(
  root: string,
): Promise<Record<string, PackageManifest>> {
  const folder = join(root, PARTS_FOLDER);
  if (!existsSync(folder)) {
    return {};
  }
  const layers = (await readdir(folder)).sort();
  return Object.fromEntries(
    await Promise.all(
      layers.map(async layer => [
        layer,
        await readJson(join(folder, layer, 'package.part.json')),
      ]),
    ),
  );
}

async function readJson(path: string): Promise<PackageManifest> {
  return JSON.parse(await readFile(path, 'utf8'));
}

async function writeJson(path: string, content: unknown): Promise<void> {
  await writeFile(path, `${JSON.stringify(content, null, 2)}\n`);
}
