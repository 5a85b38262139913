import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What can notice a mistake in infrastructure code. */
export type Catcher =
  | 'terraform'
  | 'terraform test'
  | 'settings'
  | 'strict validation'
  | 'cdk-nag'
  | 'table'
  | 'parity'
  | 'checkov'
  | 'cfn-lint';

/** One mistake that somebody could make. */
export interface Mutation {
  /** What is wrong afterwards. */
  readonly name: string;
  /** File of the rendered repository, below the folder of its infrastructure code. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
  /** Must notice it; others may too. */
  readonly expected: Catcher;
}

/** One catcher that noticed a mistake, with its first message. */
export interface Catch {
  readonly catcher: Catcher;
  readonly message: string;
}

/** Makes mutations out of lines, to keep long lists readable. */
export function mutationsOf(
  file: string,
  lines: readonly (readonly [
    name: string,
    from: string,
    to: string,
    expected?: Catcher,
  ])[],
): Mutation[] {
  return lines.map(([name, from, to, expected = 'table']) => ({
    name,
    file,
    from,
    to,
    expected,
  }));
}

/**
 * Makes the mistake in a copy of the code; returns a function that undoes it.
 *
 * @throws Error if the text to replace is missing: a mutation that changes nothing proves nothing
 */
export function mutate(folder: string, mutation: Mutation): () => void {
  const file = join(folder, mutation.file);
  const original = readFileSync(file, 'utf8');
  if (!original.includes(mutation.from)) {
    throw new Error(
      `"${mutation.name}" cannot be made: ${
        mutation.file
      } no longer contains ${JSON.stringify(
        mutation.from,
      )}. Update the list of mutations.`,
    );
  }
  writeFileSync(
    file,
    original.replace(mutation.from, () => mutation.to),
  );
  return () => writeFileSync(file, original);
}
