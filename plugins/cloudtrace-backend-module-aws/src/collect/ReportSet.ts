import type {
  FleetProblem,
  FleetReport,
  FleetResource,
} from '@cloudtrace/plugin-cloudtrace-common';
import { AwsCallError } from '../client/AwsCallError';

/** Reports of one account and region while their parts come in. */
export class ReportSet {
  private readonly reports: Map<string, FleetReport>;

  constructor(resources: FleetResource[], observedAt: string) {
    this.reports = new Map(
      resources.map(resource => [
        resource.id,
        { resource, observedAt, problems: [] },
      ]),
    );
  }

  has(id: string): boolean {
    return this.reports.has(id);
  }

  get(id: string): Readonly<FleetReport> | undefined {
    return this.reports.get(id);
  }

  update(
    id: string,
    part: Partial<Omit<FleetReport, 'resource' | 'problems'>>,
  ) {
    const report = this.reports.get(id);
    if (report) Object.assign(report, part);
  }

  /** Adds a problem to resources; the same one is kept once per resource. */
  problem(ids: Iterable<string>, problem: FleetProblem) {
    for (const id of ids) {
      const report = this.reports.get(id);
      const known = report?.problems.some(
        p => p.code === problem.code && p.message === problem.message,
      );
      if (report && !known) {
        report.problems.push({ ...problem, resourceId: id });
      }
    }
  }

  /** Runs one part; if AWS fails, the part's resources get the problem. */
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
    return [...this.reports.values()];
  }
}
