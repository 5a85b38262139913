import type { DiagnosticsSource } from '@cloudtrace/plugin-cloudtrace-common';
import type { ScanSource } from '@cloudtrace/plugin-cloudtrace-node';
import type { Knex } from 'knex';
import { findEntityId } from '../../../database/entities/findEntityId';
import { listPulls, type ScanPull } from '../../database/listPulls';
import type {
  DiagnosticsReporter,
  DiagnosticsScope,
} from '../../../diagnostics/types';

/** Most problems that are shown. */
const MAX_PROBLEMS = 20;

/** Reports how pulls of a module's source went; nothing for entities without a target there. */
export class ScanSourceReporter implements DiagnosticsReporter {
  readonly #knex: Knex;
  readonly #source: Pick<ScanSource, 'id' | 'title'>;

  constructor(options: {
    knex: Knex;
    source: Pick<ScanSource, 'id' | 'title'>;
  }) {
    this.#knex = options.knex;
    this.#source = options.source;
  }

  async report({ entityRef }: DiagnosticsScope): Promise<DiagnosticsSource[]> {
    const { id, title } = this.#source;
    const entityId = await findEntityId(this.#knex, entityRef);
    if (entityId === undefined) return [];
    const pulls = await listPulls(this.#knex, { entityId, source: id });
    if (pulls.length === 0) return [];
    const problems = pulls
      .filter(isFailing)
      .slice(0, MAX_PROBLEMS)
      .map(toProblem);
    const [problem] = problems;
    return [
      {
        id: `scans:${id}`,
        kind: 'scans',
        title,
        status: problem ? 'problem' : 'ok',
        message: problem?.message ?? 'Findings are pulled',
        lastSuccessAt: newest(pulls.map(pull => pull.lastSuccessAt)),
        lastErrorAt: newest(pulls.map(pull => pull.lastErrorAt)),
        problems,
        figures: [],
        resources: [],
      },
    ];
  }
}

function isFailing({ lastErrorAt, lastSuccessAt }: ScanPull): boolean {
  return (
    lastErrorAt !== null && (!lastSuccessAt || lastErrorAt > lastSuccessAt)
  );
}

function toProblem({ target, lastError, lastErrorAt }: ScanPull) {
  return {
    code: 'pull-failed',
    message: `${target} could not be pulled: ${lastError ?? ''}`,
    nextStep:
      'Ask the operators of the portal to correct it; what was stored before stays',
    at: lastErrorAt?.toISOString(),
  };
}

function newest(dates: Array<Date | null>): string | undefined {
  const times = dates.flatMap(date => (date ? [date.getTime()] : []));
  return times.length > 0
    ? new Date(Math.max(...times)).toISOString()
    : undefined;
}
