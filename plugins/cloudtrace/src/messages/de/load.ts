import type { loadMessages } from '../load';
import type { Translated } from './Translated';

/** German texts of the view "Load distribution". */
export const loadGerman: Translated<typeof loadMessages> = {
  load: {
    title: 'Lastverteilung',
    groupBy: 'Gruppieren nach',
    by: {
      instance: 'Instanz',
      zone: 'Zone',
      route: 'Route',
    },
    bys: {
      instance: 'Instanzen',
      zone: 'Zonen',
      route: 'Routen',
    },
    kinds: {
      server: 'Requests',
      consumer: 'Nachrichten',
      unknown: 'Nicht getrennt',
    },
    ofKind: {
      server: 'Requests',
      consumer: 'Nachrichten',
      unknown: 'Requests und Nachrichten',
    },
    labelOfKind: '{{name}} · {{what}}',
    inTitle: {
      instance: 'Instanz',
      zone: 'Zone',
      route: 'Route',
    },
    requests: 'Requests',
    requestRate: 'Request-Rate',
    errors: 'Fehler',
    errorRate: 'Fehlerrate',
    p95: 'p95-Latenz',
    before: '{{change}} zum vorherigen Zeitraum',
    beforeZero: '0 im vorherigen Zeitraum',
    noBefore: 'keine Daten für den vorherigen Zeitraum',
    requestsOverTime: 'Requests je {{step}} nach {{group}}',
    errorsOverTime: 'Fehler je {{step}} nach {{group}}',
    noErrors: 'Keine Fehler in diesem Zeitraum.',
    shareTitle: 'Anteil an den Requests nach {{group}}',
    shareTitleOfKinds:
      'Anteil an den Requests und an den Nachrichten nach {{group}}',
    fairShare: 'fairer Anteil {{share}}',
    fairShareLine:
      'Gestrichelte Linie: der faire Anteil, solange sie in Betrieb war.',
    tableTitle: 'Nach {{group}}',
    heatTitle: '{{what}} nach {{group}} im Zeitverlauf',
    heatP95: 'p95-Latenz',
    heatErrors: 'Fehler',
    heatMetric: 'Metrik der Heatmap',
    heatNone: 'keine Requests',
    heatScale: '{{from}} bis {{to}}',
    columns: {
      group: 'Name',
      zone: 'Zone',
      share: 'Anteil',
      requests: 'Requests',
      errors: 'Fehler',
      p50: 'p50',
      p95: 'p95',
      p99: 'p99',
      since: 'Zuerst gesehen',
      trend: 'Trend',
    },
    noZone: 'unbekannt',
    openRequests: 'Requests von {{name}} anzeigen',
    otherGroups_one: '{{groups}} weitere mit zusammen 1 Request',
    otherGroups_other: '{{groups}} weitere mit zusammen {{requests}} Requests',
    flags: {
      hot: 'über dem fairen Anteil',
      cold: 'unter dem fairen Anteil',
      slow: 'langsam',
      failing: 'fehlerhaft',
      new: 'neu',
      silent: 'still',
      draining: 'draining',
    },
    flagDetails: {
      hot: 'Erhält {{value}} der {{what}}; der faire Anteil ist {{reference}}.',
      cold: 'Erhält nur {{value}} der {{what}}; der faire Anteil ist {{reference}}.',
      slow: 'p95 ist {{value}}, sonst {{reference}}.',
      failing: '{{value}} der {{what}} schlagen fehl, sonst {{reference}}.',
      failingAlone: '{{value}} der {{what}} schlagen fehl.',
      new: 'Erster Request: {{since}}.',
      silent: 'Keine {{what}} seit {{since}}, während andere welche erhalten.',
      draining: 'Erhält keine neuen Requests und beendet die letzten.',
    },
    flagPast: {
      hot: 'Erhielt bis zum Ende {{value}} der {{what}}; der faire Anteil war {{reference}}.',
      cold: 'Erhielt bis zum Ende nur {{value}} der {{what}}; der faire Anteil war {{reference}}.',
      slow: 'p95 war bis zum Ende {{value}}, sonst {{reference}}.',
      failing:
        '{{value}} der {{what}} schlugen bis zum Ende fehl, sonst {{reference}}.',
    },
    balance: {
      title: 'Ist die Last gleichmäßig verteilt?',
      even: 'Gleichmäßig',
      'slightly-uneven': 'Leicht ungleichmäßig',
      uneven: 'Ungleichmäßig',
      'not-comparable': 'Nicht vergleichbar',
      evenDetail:
        'Von {{groups}} {{names}} hat {{busiest}} mit {{share}} der {{what}} die meiste Last; der faire Anteil ist {{fair}}.',
      unevenDetail:
        '{{busiest}} erhielt {{share}} der {{what}}, das {{ratio}}-Fache des fairen Anteils von {{fair}}; {{idlest}} erhielt {{least}} bei einem fairen Anteil von {{leastFair}}.',
      single:
        'Alle {{what}} gingen an eine Stelle: Es gibt nichts zu vergleichen.',
      routes:
        'Von Routen werden keine gleichen Anteile erwartet, daher gibt es kein Urteil.',
      few: 'Zu wenige {{what}} oder zu kurz in Betrieb, um eine ungleichmäßige Verteilung vom Zufall zu unterscheiden.',
      unknown:
        'Diese Daten stammen aus der Zeit, bevor Requests und Nachrichten getrennt gezählt wurden, daher gibt es kein Urteil.',
      figures:
        'Jain-Index {{jain}} (1 ist vollkommen gleichmäßig) · höchste Last / Mittel {{ratio}}',
    },
    standsOut: 'Auffälligkeiten',
    nothingStandsOut: 'Keine Auffälligkeiten.',
  },
};
