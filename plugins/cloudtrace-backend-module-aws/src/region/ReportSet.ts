import type {
  FleetProblem,
  FleetReport,
  FleetResource,
} from '@cloudtrace/plugin-cloudtrace-common';
import { AwsCallError } from '../client/AwsCallError';

/** Reports of one account and region while their parts arrive. */
export class ReportSet {
  readonly #reports: Map<string, FleetReport>;

  constructor(resources: FleetResource[], observedAt: string) {
    this.#reports = new Map(
      resources.map(resource => [
        resource.id,
        { resource, observedAt, problems: [] },
      ]),
    );
  }

  has(id: string): boolean {
    return this.#reports.has(id);
  }

  get(id: string): Readonly<FleetReport> | undefined {
    return this.#reports.get(id);
  }

  update(
    id: string,
    part: Partial<Omit<FleetReport, 'resource' | 'problems'>>,
  ) {
    const report = this.#reports.get(id);
    if (!report) return;
    const readAt = { ...report.readAt, ...part.readAt };
    Object.assign(report, part);
    if (Object.keys(readAt).length > 0) report.readAt = readAt;
  }

  /** The requested resources among the given ids. */
  #owners(ids: Iterable<string>): FleetReport[] {
    const owners = [...ids].flatMap(id => this.#reports.get(id) ?? []);
    // A problem that matches none of the resources affects all of them: it must
    // not get lost.
    return owners.length > 0 ? owners : this.all();
  }

  /**
   * Adds a problem to resources, or to all if it matches none of them. Each
   * resource keeps an equal problem once.
   */
  problem(ids: Iterable<string>, problem: FleetProblem) {
    for (const { resource, problems } of this.#owners(ids)) {
      const known = problems.some(
        p => p.code === problem.code && p.message === problem.message,
      );
      if (!known) problems.push({ ...problem, resourceId: resource.id });
    }
  }

  /** Runs one part; if AWS fails, adds the problem to the part's resources. */
  async attempt<T>(
    ids: Iterable<string>,
    part: () => Promise<T>,
  ): Promise<T | undefined> {
    try {
      return await part();
    } catch (error) {
      if (!(error instanceof AwsCallError)) throw error;
      this.problem(ids, error.toProblem());
      return undefined;
    }
  }

  all(): FleetReport[] {
    return [...this.#reports.values()];
  }
}
