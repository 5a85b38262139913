import { isDeepStrictEqual } from 'node:util';
import type { InfrastructureModel } from '../../tests/parity/InfrastructureModel';
import { findViolations } from '../../tests/parity/policy';
import type { Catch, Mutation } from './Mutation';
import { ENVIRONMENT } from './settings';

/** The rendered infrastructure code of one tool, in which mistakes are made one at a time. */
export interface Subject {
  /** Checks the code without a mistake: what is caught here is wrong in the template. */
  checkUnchanged(): Promise<Catch[]>;
  /** Makes one mistake, and returns who noticed. */
  check(mutation: Mutation): Promise<Catch[]>;
  /** Folder with a copy of the code in which the mistake was made, for tools that read many copies in one run. */
  folderOf(mutation: Mutation | undefined): string;
  dispose(): Promise<void>;
}

/** What our own rules say about a model, and whether it is still what the other tool creates. */
export function catchesOf(
  model: InfrastructureModel,
  unchanged: InfrastructureModel,
): Catch[] {
  const violations = findViolations(model, ENVIRONMENT);
  const differing = Object.keys(unchanged).filter(
    key =>
      !isDeepStrictEqual(
        model[key as keyof InfrastructureModel],
        unchanged[key as keyof InfrastructureModel],
      ),
  );
  return [
    ...violations.map(message => ({ catcher: 'table' as const, message })),
    ...(differing.length > 0
      ? [{ catcher: 'parity' as const, message: differing.join(', ') }]
      : []),
  ];
}
