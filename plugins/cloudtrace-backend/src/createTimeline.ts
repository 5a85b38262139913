import type { Knex } from 'knex';
import type { EnvironmentResolver } from './environments/EnvironmentResolver';
import type { EntityAccess } from './permissions/EntityAccess';
import { AuthorizedTimelineService } from './timeline/AuthorizedTimelineService';
import { DefaultTimelineService } from './timeline/DefaultTimelineService';
import { FleetTimelineSource } from './timeline/FleetTimelineSource';
import { ReportedTimelineSource } from './timeline/ReportedTimelineSource';
import type { TimelineSource } from './timeline/types';

/** Creates the timeline. */
export function createTimeline(options: {
  knex: Knex;
  access: EntityAccess;
  environments: EnvironmentResolver;
  /** Sources of other areas. */
  sources: TimelineSource[];
}): { service: AuthorizedTimelineService; sources: TimelineSource[] } {
  const { knex, access, environments } = options;
  const sources = [
    new FleetTimelineSource({ knex }),
    new ReportedTimelineSource({ knex }),
    ...options.sources,
  ];
  return {
    sources,
    service: new AuthorizedTimelineService(
      new DefaultTimelineService({ environments, sources }),
      access,
    ),
  };
}
