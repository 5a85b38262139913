import type { InfrastructureModel } from '../InfrastructureModel';

/** A rule that infrastructure must follow, whatever the options. */
export interface Rule {
  /** Why: a control of AWS Security Hub, such as `RDS.2`, or an address. */
  readonly source: string;
  /** How the infrastructure breaks the rule, in words; empty if it does not. */
  readonly find: (
    model: InfrastructureModel,
    isProduction: boolean,
  ) => readonly string[];
}

/** A rule that holds or not. */
export function rule(
  source: string,
  problem: string,
  holds: (model: InfrastructureModel, isProduction: boolean) => unknown,
): Rule {
  return {
    source,
    find: (model, isProduction) =>
      holds(model, isProduction) ? [] : [problem],
  };
}

/** A rule that only an environment with `production` as its name must follow: others may save money. */
export function productionRule(
  source: string,
  problem: string,
  holds: (model: InfrastructureModel) => unknown,
): Rule {
  return rule(
    source,
    problem,
    (model, isProduction) => !isProduction || holds(model),
  );
}
