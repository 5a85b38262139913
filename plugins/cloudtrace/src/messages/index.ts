import { createMessages } from './create';
import { diagnosticsMessages } from './diagnostics';
import { fleetMessages } from './fleet';
import { frameMessages } from './frame';
import { judgementTexts } from './judgements';
import { loadMessages } from './load';
import { metricsMessages } from './metrics';
import { overviewMessages } from './overview';
import { portalMessages } from './portal';
import { requestsMessages } from './requests';
import { securityMessages } from './security';
import { summaryMessages } from './summary';
import { tokensMessages } from './tokens';

/** All English texts of the plugin. */
export const messages = {
  ...frameMessages,
  ...loadMessages,
  ...requestsMessages,
  ...metricsMessages,
  ...tokensMessages,
  ...diagnosticsMessages,
  ...summaryMessages,
  ...fleetMessages,
  ...overviewMessages,
  ...securityMessages,
  ...createMessages,
  ...portalMessages,
  ...judgementTexts,
} as const;
