import type { judgementTexts } from '../judgements';
import { backendGerman } from './backend';
import { kubernetesGerman } from './kubernetes';
import { metricsOfProvidersGerman } from './metricsOfProviders';
import { podsGerman } from './pods';
import { providersGerman } from './providers';
import { scansGerman } from './scans';
import { scanSourcesGerman } from './scanSources';
import type { Translated } from './Translated';
import { workloadsGerman } from './workloads';

/** German sentences for the codes that the backend sends. */
export const judgementGerman: Translated<typeof judgementTexts> = {
  judgements: {
    ...backendGerman,
    ...podsGerman,
    ...workloadsGerman,
    ...kubernetesGerman,
    ...providersGerman,
    ...metricsOfProvidersGerman,
    ...scansGerman,
    ...scanSourcesGerman,
    'failover-ongoing': '{{subject}}: Failover läuft',
    'all-targets-lost': 'Keine gesunden Targets übrig, der Ausfall dauert an',
    'of-group': '{{group}}: {{what}}',
    'no-healthy-target': 'Keines der {{wanted}} Targets ist gesund',
    'targets-unhealthy_one': '1 von {{total}} Targets ist ungesund',
    'targets-unhealthy_other': '{{count}} von {{total}} Targets sind ungesund',
    'health-not-measured_one':
      'Die Health von 1 von {{total}} Targets wird nicht gemessen',
    'health-not-measured_other':
      'Die Health von {{count}} von {{total}} Targets wird nicht gemessen',
    'targets-unread':
      'Der Zustand ist unbekannt: Die Targets wurden zuletzt vor {{durationMs}} gelesen',
    'no-targets-wanted':
      'Kein Target wird erwartet: Die gewünschte Größe ist 0',
    'zone-lost':
      'Zone {{zone}} ist ausgefallen: Ihr letztes Target fiel aus und wurde nicht ersetzt',
    'zone-down_one':
      'Zone {{zone}} ist ausgefallen: Ihr einziges Target ist ungesund',
    'zone-down_other':
      'Zone {{zone}} ist ausgefallen: Alle {{count}} Targets sind ungesund',
    'single-zone':
      'Alle {{targets}} Targets liegen in Zone {{zone}}: Fällt diese Zone aus, bleibt kein Target übrig',
    'recent-errors':
      '{{errorRate}} der Requests der letzten 15 Minuten sind fehlgeschlagen',
    'requests-unknown':
      'Die letzten Requests sind unbekannt: Ihr Datenbankserver antwortet nicht',
    'at-max':
      '{{group}} hat die maximale Größe von {{max}} erreicht und kann nicht wachsen',
    'fixed-size':
      '{{group}} hat eine feste Größe von {{max}} und kann nicht mit der Last wachsen',
    'was-at-max':
      '{{group}} war {{durationMs}} lang an der maximalen Größe von {{max}}',
    'critical-findings_one': '1 kritisches Finding ist offen',
    'critical-findings_other': '{{count}} kritische Findings sind offen',
    'no-requests': 'In diesem Zeitraum kamen keine Requests an',
    'traffic-up':
      'Der Traffic liegt {{change}} über dem vorherigen Zeitraum ({{before}} → {{after}} Requests pro Sekunde)',
    'traffic-down':
      'Der Traffic liegt {{change}} unter dem vorherigen Zeitraum ({{before}} → {{after}} Requests pro Sekunde)',
    'latency-up':
      'p95 ist {{factor}} × so hoch wie im vorherigen Zeitraum ({{beforeMs}} → {{afterMs}})',
    'errors-up':
      '{{afterRate}} der Requests schlagen fehl, im vorherigen Zeitraum {{beforeRate}}',
    'latency-jump':
      'p95 ist {{factor}} × so hoch wie zuvor ({{beforeMs}} → {{afterMs}})',
    'error-jump':
      '{{afterRate}} der Requests schlagen fehl, zuvor {{beforeRate}}',
    hot: '{{group}} erhält {{share}} der Requests, der faire Anteil ist {{fairShare}}',
    cold: '{{group}} erhält nur {{share}} der Requests, der faire Anteil ist {{fairShare}}',
    'slow-alone': '{{group}} ist langsam: p95 ist {{ownMs}}',
    slow: '{{group}} ist langsam: p95 ist {{ownMs}}, sonst {{othersMs}}',
    'failing-alone': '{{group}}: {{ownRate}} der Requests schlagen fehl',
    failing:
      '{{group}}: {{ownRate}} der Requests schlagen fehl, sonst {{othersRate}}',
    'hot-past':
      '{{group}}, inzwischen entfernt, erhielt {{share}} der Requests, der faire Anteil war {{fairShare}}',
    'cold-past':
      '{{group}}, inzwischen entfernt, erhielt nur {{share}} der Requests, der faire Anteil war {{fairShare}}',
    'slow-alone-past':
      '{{group}}, inzwischen entfernt, war langsam: p95 war {{ownMs}}',
    'slow-past':
      '{{group}}, inzwischen entfernt, war langsam: p95 war {{ownMs}}, sonst {{othersMs}}',
    'failing-alone-past':
      '{{group}}, inzwischen entfernt: {{ownRate}} der Requests schlugen fehl',
    'failing-past':
      '{{group}}, inzwischen entfernt: {{ownRate}} der Requests schlugen fehl, sonst {{othersRate}}',
    'hot-messages':
      '{{group}} erhält {{share}} der Nachrichten, der faire Anteil ist {{fairShare}}',
    'cold-messages':
      '{{group}} erhält nur {{share}} der Nachrichten, der faire Anteil ist {{fairShare}}',
    'failing-alone-messages':
      '{{group}}: {{ownRate}} der Nachrichten schlagen fehl',
    'failing-messages':
      '{{group}}: {{ownRate}} der Nachrichten schlagen fehl, sonst {{othersRate}}',
    'hot-messages-past':
      '{{group}}, inzwischen entfernt, erhielt {{share}} der Nachrichten, der faire Anteil war {{fairShare}}',
    'cold-messages-past':
      '{{group}}, inzwischen entfernt, erhielt nur {{share}} der Nachrichten, der faire Anteil war {{fairShare}}',
    'failing-alone-messages-past':
      '{{group}}, inzwischen entfernt: {{ownRate}} der Nachrichten schlugen fehl',
    'failing-messages-past':
      '{{group}}, inzwischen entfernt: {{ownRate}} der Nachrichten schlugen fehl, sonst {{othersRate}}',
    'healthy-without-messages':
      '{{group}} ist gesund, erhält aber keine Nachrichten, während andere welche erhalten',
    'healthy-without-requests':
      '{{group}} ist gesund, erhält aber keine Requests, während andere welche erhalten',
    'target-unhealthy': '{{target}} ist ungesund: {{reason}}',
    'failed-scaling_one':
      'Eine Skalierungsaktivität von {{group}} ist fehlgeschlagen',
    'failed-scaling_other':
      '{{count}} Skalierungsaktivitäten von {{group}} sind fehlgeschlagen',
    alarm: 'Alarm {{alarm}} ist ausgelöst',
    'group-at-max': 'Die Gruppe hat ihre maximale Größe erreicht',
    'new-unhealthy_one': '1 Target wurde ungesund',
    'new-unhealthy_other': '{{count}} Targets wurden ungesund',
    'new-findings_one': '{{counts}} neues Finding',
    'new-findings_other': '{{counts}} neue Findings',
  },
};
