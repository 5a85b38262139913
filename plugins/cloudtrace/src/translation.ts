import { createTranslationRef } from '@backstage/frontend-plugin-api';
import { diagnosticsMessages } from './messages/diagnostics';
import { fleetMessages } from './messages/fleet';
import { frameMessages } from './messages/frame';
import { judgementTexts } from './messages/judgements';
import { loadMessages } from './messages/load';
import { metricsMessages } from './messages/metrics';
import { overviewMessages } from './messages/overview';
import { requestsMessages } from './messages/requests';
import { securityMessages } from './messages/security';
import { summaryMessages } from './messages/summary';
import { tokensMessages } from './messages/tokens';

/** All texts of the plugin, for translation and rewording. @public */
export const cloudtraceTranslationRef = createTranslationRef({
  id: 'plugin.cloudtrace',
  messages: {
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
    ...judgementTexts,
  },
});
