import {
  wordTexts,
  type DiagnosticsSource,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { Knex } from 'knex';
import type {
  DiagnosticsReporter,
  DiagnosticsScope,
} from '../diagnostics/types';
import { reportTokens } from '../tokens/reportTokens';
import type { TokenRules } from '../tokens/TokenRules';
import { readLastEvent } from './database/readLastEvent';

/** Reports on events from pipelines. */
export class EventsReporter implements DiagnosticsReporter {
  readonly #knex: Knex;
  readonly #tokenRules: TokenRules;

  constructor(options: { knex: Knex; tokenRules: TokenRules }) {
    this.#knex = options.knex;
    this.#tokenRules = options.tokenRules;
  }

  async report(scope: DiagnosticsScope): Promise<DiagnosticsSource[]> {
    const [{ tokens, problems }, lastEventAt] = await Promise.all([
      reportTokens(this.#knex, {
        ...scope,
        kind: 'events',
        tokenRules: this.#tokenRules,
      }),
      readLastEvent(this.#knex, scope),
    ]);
    return [
      {
        id: 'events',
        kind: 'events',
        status:
          (problems.length > 0 && 'problem') ||
          (lastEventAt ? 'ok' : 'waiting'),
        ...wordTexts({
          title: { code: 'source-events', values: {} },
          message: {
            code: lastEventAt ? 'events-arrive' : 'no-event-yet',
            values: {},
          },
        }),
        lastSuccessAt: lastEventAt?.toISOString(),
        problems,
        figures: [],
        resources: [],
        tokens,
      },
    ];
  }
}
