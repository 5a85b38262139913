import type {
  DiscoveryService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { EnvironmentResolver } from './environments/EnvironmentResolver';
import type { EntityAccess } from './permissions/EntityAccess';
import { AuthorizedDiagnosticsService } from './diagnostics/AuthorizedDiagnosticsService';
import { DefaultDiagnosticsService } from './diagnostics/DefaultDiagnosticsService';
import type {
  DiagnosticsReporter,
  DiagnosticsService,
} from './diagnostics/types';

/** Creates Diagnostics from the reporters of all areas. */
export function createDiagnostics(options: {
  access: EntityAccess;
  environments: EnvironmentResolver;
  discovery: DiscoveryService;
  logger: LoggerService;
  reporters: DiagnosticsReporter[];
}): DiagnosticsService {
  return new AuthorizedDiagnosticsService(
    new DefaultDiagnosticsService(options),
    options.access,
  );
}
