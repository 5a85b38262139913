import { spawn, spawnSync } from 'node:child_process';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {
  copyInfrastructure,
  EVERY_PART,
  type InfrastructureAnswers,
} from '../copyInfrastructure';
import { AwsProviderStandIn } from './AwsProviderStandIn';

/** The result of a Terraform run. */
export interface TerraformResult {
  readonly exitCode: number;
  /** Standard output and errors in their original order. */
  readonly output: string;
  readonly stdout: string;
}

/** Whether the real `terraform` is installed; if not, prints why checks are skipped. */
export function hasTerraform(): boolean {
  const { error } = spawnSync('terraform', ['version'], { stdio: 'ignore' });
  if (error) {
    process.stdout.write(
      'Terraform checks are skipped: no `terraform` on the PATH\n',
    );
  }
  return !error;
}

/**
 * The real Terraform on a temporary copy of a configuration, attached to the AWS stand-in and with a local state.
 * Nothing is downloaded and no account is accessed.
 */
export class Terraform {
  readonly standIn: AwsProviderStandIn;
  /** The copy; its files may be changed. */
  readonly folder: string;

  private constructor(standIn: AwsProviderStandIn, folder: string) {
    this.standIn = standIn;
    this.folder = folder;
  }

  /** Copies the configuration of generated repositories, or one in a folder, and initialises it. */
  static async prepare(
    source: string | InfrastructureAnswers = EVERY_PART,
  ): Promise<Terraform> {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'terraform-'));
    const except = ['.terraform'];
    if (typeof source === 'string') {
      await cp(source, folder, {
        recursive: true,
        filter: file => !except.includes(path.basename(file)),
      });
    } else {
      await copyInfrastructure({ iac: 'terraform', answers: source, folder });
    }
    const terraform = new Terraform(await AwsProviderStandIn.start(), folder);
    await terraform.write(
      'backend_override.tf',
      'terraform {\n  backend "local" {}\n}\n',
    );
    const { exitCode, output } = await terraform.run('init', '-input=false');
    if (exitCode !== 0) {
      await terraform.dispose();
      throw new Error(`terraform init failed:\n${output}`);
    }
    return terraform;
  }

  /** Runs one command, such as `run('plan', '-input=false')`. */
  async run(...commandLine: string[]): Promise<TerraformResult> {
    const child = spawn('terraform', commandLine, {
      cwd: this.folder,
      env: {
        ...process.env,
        ...this.standIn.environment,
        TF_CLI_ARGS: '-no-color',
        TF_IN_AUTOMATION: '1',
        TF_CLI_CONFIG_FILE: os.devNull,
        // Collects garbage less often: a fifth less processor time.
        GOGC: '400',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', text => {
      output += text;
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', text => {
      output += text;
    });
    const exitCode = await new Promise<number>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', code => resolve(code ?? 1));
    });
    return { exitCode, output: withoutFrames(output), stdout };
  }

  /** Writes a file of the copy. */
  async write(file: string, content: string): Promise<void> {
    await writeFile(path.join(this.folder, file), content);
  }

  /** Writes variable values that every command reads automatically. */
  async writeVariables(
    values: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    await this.write('given.auto.tfvars.json', JSON.stringify(values));
  }

  /** Stops the stand-in and removes the copy. */
  async dispose(): Promise<void> {
    await this.standIn.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}

// Terraform draws a frame around each message and wraps it at 78 columns; tests need whole sentences.
function withoutFrames(output: string): string {
  return output.replace(/^[│╷╵] ?/gm, '').replace(/([^\n])\n(?=\S)/g, '$1 ');
}
