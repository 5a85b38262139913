import type { metricsMessages } from '../metrics';
import type { Translated } from './Translated';

/** German texts of the view about metrics. */
export const metricsGerman: Translated<typeof metricsMessages> = {
  metrics: {
    title: 'Metriken',
    noValueNow: 'Zurzeit kein Wert: {{reason}}',
    missing: '{{label}} von {{resource}} hat keinen Wert: {{reason}}',
    none: 'Keine Metriken in diesem Zeitraum. Provider lesen Metriken alle paar Minuten; versuchen Sie einen längeren Zeitraum.',
  },
};
