import { diagnosticsMessages } from './diagnosticsMessages';
import { failoverMessages } from './failoverMessages';
import { kubernetesMessages } from './kubernetesMessages';
import { metricMessages } from './metricMessages';
import { noticeMessages } from './noticeMessages';
import { podMessages } from './podMessages';
import { providerMessages } from './providerMessages';
import { scalingMessages } from './scalingMessages';
import { scanMessages } from './scanMessages';
import { scanSourceMessages } from './scanSourceMessages';
import { serviceMessages } from './serviceMessages';
import { targetMessages } from './targetMessages';
import { timelineMessages } from './timelineMessages';
import { workloadMessages } from './workloadMessages';

/**
 * All texts of the backend, by code. Names in double braces are the values of a
 * {@link CodedMessage}; `count` selects `_one` or `_other`. The frontend
 * translates these texts; notifications and the API use them in English.
 *
 * @public
 */
export const judgementMessages = {
  ...serviceMessages,
  ...targetMessages,
  ...podMessages,
  ...scalingMessages,
  ...workloadMessages,
  ...kubernetesMessages,
  ...failoverMessages,
  ...timelineMessages,
  ...diagnosticsMessages,
  ...noticeMessages,
  ...providerMessages,
  ...metricMessages,
  ...scanMessages,
  ...scanSourceMessages,
} as const;

/** Code of a {@link CodedMessage}, without its plural suffix. @public */
export type JudgementCode = keyof typeof judgementMessages extends infer TKey
  ? TKey extends `${infer TBase}_one` | `${infer TBase}_other`
    ? TBase
    : TKey
  : never;
