import { createHash } from 'node:crypto';
import {
  DeleteParameterCommand,
  GetParameterCommand,
  ParameterNotFound,
  PutParameterCommand,
  type SSMClient,
} from '@aws-sdk/client-ssm';

/** As many as fit into a parameter of 4 KB. */
const MAX_PROBLEMS = 100;

/**
 * The problems that were reported and still exist. Every check finds them again, and must not report them again.
 * A parameter keeps them for the next run; it exists only while there are any.
 */
export class OpenProblems {
  readonly #ssm: SSMClient;
  readonly #name: string;
  readonly #log: (message: string) => void;
  #stored: string[] = [];
  #open: Set<string> | undefined;

  constructor(options: {
    ssm: SSMClient;
    parameterName: string;
    log: (message: string) => void;
  }) {
    this.#ssm = options.ssm;
    this.#name = options.parameterName;
    this.#log = options.log;
  }

  /**
   * Opens a problem.
   *
   * @param scope - what is checked as a whole, such as `listeners`
   * @param problem - its description, the same in every check
   * @returns whether it is new
   */
  async add(scope: string, problem: string): Promise<boolean> {
    const open = await this.#read();
    const key = keyOf(scope, problem);
    if (open.has(key)) return false;
    open.add(key);
    return true;
  }

  /** Closes all other problems of the scope, which no longer exist. */
  async keepOnly(scope: string, problems: readonly string[]): Promise<void> {
    const open = await this.#read();
    const kept = new Set(problems.map(problem => keyOf(scope, problem)));
    for (const key of open) {
      if (key.startsWith(`${scope}:`) && !kept.has(key)) open.delete(key);
    }
  }

  /** Stores the changes. A failure is only logged: it causes a second report, which is better than no repair. */
  async save(): Promise<void> {
    const open = [...(this.#open ?? [])].slice(0, MAX_PROBLEMS);
    if (open.join() === this.#stored.join()) return;
    try {
      await this.#write(open);
    } catch (error) {
      this.#log(`the open problems were not stored: ${String(error)}`);
    }
  }

  async #read(): Promise<Set<string>> {
    if (!this.#open) {
      this.#stored = await this.#readStored();
      this.#open = new Set(this.#stored);
    }
    return this.#open;
  }

  async #readStored(): Promise<string[]> {
    try {
      const { Parameter } = await this.#ssm.send(
        new GetParameterCommand({ Name: this.#name }),
      );
      return Parameter?.Value?.split(',') ?? [];
    } catch (error) {
      if (!(error instanceof ParameterNotFound)) {
        this.#log(`the open problems are unknown: ${String(error)}`);
      }
      return [];
    }
  }

  async #write(open: readonly string[]): Promise<unknown> {
    return open.length === 0
      ? this.#ssm.send(new DeleteParameterCommand({ Name: this.#name }))
      : this.#ssm.send(
          new PutParameterCommand({
            Name: this.#name,
            Type: 'String',
            Value: open.join(','),
            Overwrite: true,
          }),
        );
  }
}

function keyOf(scope: string, problem: string): string {
  const hash = createHash('sha256').update(problem).digest('hex');
  return `${scope}:${hash.slice(0, 16)}`;
}
