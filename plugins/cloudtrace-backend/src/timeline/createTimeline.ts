import type { Knex } from 'knex';
import type { EnvironmentResolver } from '../environments/EnvironmentResolver';
import type { FleetService } from '../fleet/FleetService';
import type { FindingCounter } from '../overview/FindingCounter';
import type { ServiceJudge } from '../overview/ServiceJudge';
import type { EntityAccess } from '../permissions/EntityAccess';
import type { RequestService } from '../requests/RequestService';
import { AuthorizedTimelineService } from './AuthorizedTimelineService';
import { DefaultTimelineService } from './DefaultTimelineService';
import { FleetTimelineSource } from './FleetTimelineSource';
import { OverviewReader } from './OverviewReader';
import { ReportedTimelineSource } from './ReportedTimelineSource';
import type { TimelineSource } from './types';

/** Sets up the timeline and the overview. */
export function createTimeline(options: {
  knex: Knex;
  access: EntityAccess;
  environments: EnvironmentResolver;
  requests: RequestService;
  fleet: FleetService;
  judge: ServiceJudge;
  /** Counts findings, where there are security scans. */
  findings?: FindingCounter;
  /** Sources of other areas. */
  sources: TimelineSource[];
}): AuthorizedTimelineService {
  const { knex, access, environments, sources } = options;
  return new AuthorizedTimelineService(
    new DefaultTimelineService({
      environments,
      sources: [
        new FleetTimelineSource({ knex }),
        new ReportedTimelineSource({ knex }),
        ...sources,
      ],
      overview: new OverviewReader(options),
    }),
    access,
  );
}
