import type { summaryMessages } from '../summary';
import type { Translated } from './Translated';

/** German texts of the card on the entity's overview. */
export const summaryGerman: Translated<typeof summaryMessages> = {
  summary: {
    title: 'CloudTrace',
    open: 'CloudTrace öffnen',
    lastHour: 'Letzte Stunde, {{environment}}',
    loading: 'Zusammenfassung',
    rate: 'Requests pro Sekunde in der letzten Stunde',
    noneYet:
      'Noch keine Requests. Der Tab zeigt, was der Service braucht, um sie zu senden.',
    healthy_one: '{{healthy}} von 1 Instanz gesund',
    healthy_other: '{{healthy}} von {{count}} Instanzen gesund',
    zones_one: '1 Zone',
    zones_other: '{{count}} Zonen',
    balance: 'Last: {{verdict}}',
    services: 'Services, die dringendsten zuerst',
    allServices_one: 'Service in CloudTrace öffnen',
    allServices_other: 'Alle {{number}} Services anzeigen',
    security: 'Offene Findings',
    openFindings: 'Security-Scans öffnen',
    noScans: 'Noch keine Scans.',
    incompleteScans: 'Der neueste Scan hat nicht alles geprüft: {{names}}',
    gatesFailed: 'Quality Gate nicht bestanden: {{names}}',
  },
};
