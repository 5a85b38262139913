import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { templateDirectory } from '../paths';
import { DeploymentStandIn } from './DeploymentStandIn';
import { runTool, type ToolResult } from './runTool';

/** A folder with the scripts of a generated pipeline, which run against stand-ins of the programs that they call. */
export class DeploymentSandbox {
  readonly directory = mkdtempSync(join(tmpdir(), 'cloudtrace-deploy-'));
  readonly cloud: DeploymentStandIn;
  readonly env: Record<string, string> = {};

  private constructor(compute: string) {
    this.cloud = new DeploymentStandIn(compute);
  }

  static async create(
    iac: string,
    compute: string,
  ): Promise<DeploymentSandbox> {
    const sandbox = new DeploymentSandbox(compute);
    const { directory, cloud } = sandbox;
    for (const folder of ['core', `ci/iac-${iac}`, `compute/${compute}`]) {
      sandbox.copyScripts(folder);
    }
    mkdirSync(join(directory, '.cloudtrace'));
    mkdirSync(join(directory, 'infra', iac), { recursive: true });
    writeFileSync(
      join(directory, '.cloudtrace/service.env'),
      'SERVICE_NAME=orders\nCLOUDTRACE_URL=https://portal.example.com\n',
    );
    const bin = join(directory, 'bin');
    Object.assign(sandbox.env, {
      ...(await cloud.install(bin)),
      PATH: `${bin}:${process.env.PATH}`,
      AWS_REGION: 'eu-central-1',
      TF_STATE_BUCKET: 'state',
      DEPLOY_POLL_SECONDS: '0',
      GIT_COMMIT: '0123456789abcdef',
      BRANCH_NAME: 'main',
    });
    return sandbox;
  }

  /** Adds the scripts of another folder of the template. */
  copyScripts(folder: string): void {
    const from = join(templateDirectory, folder, 'scripts');
    cpSync(from, join(this.directory, 'scripts'), { recursive: true });
  }

  /** Runs `scripts/ci/deploy.sh`. */
  deploy(wanted: string, environment = 'production'): Promise<ToolResult> {
    return runTool('scripts/ci/deploy.sh', [], {
      cwd: this.directory,
      env: { ...this.env, IMAGE: wanted, ENVIRONMENT: environment },
    });
  }

  async dispose(): Promise<void> {
    await this.cloud.dispose();
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/** An image of the service, which differs by the digit. */
export function image(digit: number): string {
  return `111111111111.dkr.ecr.eu-central-1.amazonaws.com/orders@sha256:${String(
    digit,
  ).repeat(64)}`;
}
