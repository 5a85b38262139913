import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import {
  cp,
  mkdir,
  mkdtemp,
  readFile,
  rename,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import {
  copyInfrastructure,
  EVERY_PART,
  type InfrastructureAnswers,
} from '../copyInfrastructure';

const run = promisify(execFile);

/** The app in generated repositories. */
const CDK_APP = path.resolve(__dirname, '../../infra/cdk');
/** Outside the app's folder, because the whole folder is copied into generated repositories. */
const CACHE = path.resolve(__dirname, '../../../../.local/cdk');

/**
 * The real CDK command line on a temporary copy of `infra/cdk`. Its packages (300 MB) are not dependencies of this
 * repository: they are installed once per lock file, into `.local/cdk`.
 */
export class CdkApp {
  /** The copy. */
  readonly folder: string;
  readonly #root: string;

  private constructor(root: string, folder: string) {
    this.#root = root;
    this.folder = folder;
  }

  /** Copies the app of generated repositories, or one in a folder, and installs its packages if they are missing. */
  static async prepare(
    source: string | InfrastructureAnswers = EVERY_PART,
  ): Promise<CdkApp> {
    const root = await mkdtemp(path.join(os.tmpdir(), 'cdk-app-'));
    const folder = path.join(root, 'infra/cdk');
    await mkdir(folder, { recursive: true });
    await writeUnbuiltFunction(path.dirname(folder));
    const except = ['node_modules', 'cdk.out'];
    if (typeof source === 'string') {
      await cp(source, folder, {
        recursive: true,
        filter: file => !except.includes(path.basename(file)),
      });
    } else {
      await copyInfrastructure({ iac: 'cdk', answers: source, folder });
    }
    await symlink(await installedPackages(), path.join(folder, 'node_modules'));
    return new CdkApp(root, folder);
  }

  /** Runs a command of the app's packages in the copy; rejects with its output if it fails. */
  async run(command: string, ...commandLine: string[]): Promise<string> {
    const { stdout, stderr } = await run(
      path.join(this.folder, 'node_modules/.bin', command),
      commandLine,
      {
        cwd: this.folder,
        env: {
          ...process.env,
          CI: 'true',
          CDK_DISABLE_CLI_TELEMETRY: 'true',
          NO_COLOR: '1',
        },
        maxBuffer: 64 * 1024 * 1024,
      },
    );
    return stdout + stderr;
  }

  /** Synthesises one environment of a service, strictly validated; returns the template. */
  async synthesize(settings: Readonly<Record<string, unknown>>): Promise<any> {
    const { environment, image } = settings;
    await writeConfig(this.folder, settings);
    const out = path.join(this.folder, 'cdk.out');
    await rm(out, { recursive: true, force: true });
    await this.run(
      'cdk',
      'synth',
      '--quiet',
      '--output',
      out,
      '--context',
      `environment=${environment}`,
      '--context',
      `image=${image}`,
    );
    return JSON.parse(
      await readFile(path.join(out, 'Service.template.json'), 'utf8'),
    );
  }

  /** Removes the copy. */
  async dispose(): Promise<void> {
    await rm(this.#root, { recursive: true, force: true });
  }
}

/** Writes the settings of one environment as an app in a folder reads them. */
export async function writeConfig(
  folder: string,
  settings: Readonly<Record<string, unknown>>,
): Promise<void> {
  const { environment, image: _, ...service } = settings;
  const config = path.join(folder, 'config');
  await mkdir(path.join(config, 'environments'), { recursive: true });
  for (const [file, content] of [
    ['service.json', service],
    [`environments/${environment}.json`, {}],
  ] as const) {
    await writeFile(path.join(config, file), JSON.stringify(content));
  }
}

/** Stands in for the function of self-healing, which the pipeline builds before anything reads the infrastructure. */
export async function writeUnbuiltFunction(infra: string): Promise<void> {
  const file = path.join(infra, 'healing/dist/index.js');
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, '// built by scripts/ci/parts/healing.sh\n');
}

/** Folder with the packages of the app's lock file. */
async function installedPackages(): Promise<string> {
  const lock = await readFile(path.join(CDK_APP, 'package-lock.json'));
  const home = path.join(
    CACHE,
    createHash('sha256').update(lock).digest('hex').slice(0, 16),
  );
  const packages = path.join(home, 'node_modules');
  if (existsSync(packages)) return packages;

  process.stdout.write(
    `Installing the packages of infra/cdk into ${path.relative(
      process.cwd(),
      home,
    )}\n`,
  );
  await mkdir(CACHE, { recursive: true });
  // Under another name until it is complete: two test runs may do this at the same time.
  const draft = await mkdtemp(path.join(CACHE, 'draft-'));
  for (const file of ['package.json', 'package-lock.json']) {
    await cp(path.join(CDK_APP, file), path.join(draft, file));
  }
  await run('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: draft,
    maxBuffer: 64 * 1024 * 1024,
  });
  await rename(draft, home).catch(async error => {
    await rm(draft, { recursive: true, force: true });
    if (!existsSync(packages)) throw error;
  });
  return packages;
}
