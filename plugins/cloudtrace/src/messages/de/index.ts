import type { messages } from '..';
import { flattenMessages } from '../flattenMessages';
import type { Translated } from './Translated';
import { createGerman } from './create';
import { diagnosticsGerman } from './diagnostics';
import { fleetGerman } from './fleet';
import { frameGerman } from './frame';
import { judgementGerman } from './judgements';
import { loadGerman } from './load';
import { metricsGerman } from './metrics';
import { overviewGerman } from './overview';
import { portalGerman } from './portal';
import { requestsGerman } from './requests';
import { securityGerman } from './security';
import { summaryGerman } from './summary';
import { tokensGerman } from './tokens';

const german: Translated<typeof messages> = {
  ...frameGerman,
  ...loadGerman,
  ...requestsGerman,
  ...metricsGerman,
  ...tokensGerman,
  ...diagnosticsGerman,
  ...summaryGerman,
  ...fleetGerman,
  ...overviewGerman,
  ...securityGerman,
  ...createGerman,
  ...portalGerman,
  ...judgementGerman,
};

/** All German texts of the plugin, by key. */
export default flattenMessages(german);
